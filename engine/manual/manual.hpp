// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace zonerank::engine {

/// An option or an argument of a command.
struct ManualOption {
    std::vector<std::string> names;   ///< "-t", "--threads"; of an argument its one name: "STUDY"
    std::string help;                 ///< no full stop
    std::string value;                ///< what stands behind it: "FILE", "0.1 - 1"; empty: nothing does
    std::vector<std::string> choices; ///< the words it takes; none: any
    bool required = false;

    bool is_argument() const { return !names.empty() && !names.front().starts_with('-'); }
};

struct ManualCommand {
    std::string name, summary; ///< no full stop
    std::string footer;        ///< lines that tell more, as its help has them
    std::vector<ManualOption> options;

    std::string synopsis() const; ///< "zonerank run [OPTIONS] STUDY"
};

/// The program's commands, as the man page, completions and the reference page tell them.
struct Manual {
    std::string summary; ///< of the program, a sentence
    std::vector<ManualCommand> commands;
};

/// A file that a command leaves.
struct OutputFile {
    std::string name; ///< in the folder; '*' stands for a criterion, a friction or a name: "criteria/*.tif"
    std::string when; ///< what brings it about; empty: every run
    std::string what;
};

/// All of them, in the order in which they are told.
const std::vector<OutputFile>& output_file_table();

struct NamedMeaning {
    std::string name, meaning;
};

const std::vector<NamedMeaning>& ranking_columns(); ///< of ranking.csv, sites.geojson, sites.gpkg
const std::vector<NamedMeaning>& exit_codes();
const std::vector<NamedMeaning>& environment(); ///< variables that the program looks at

} // namespace zonerank::engine
