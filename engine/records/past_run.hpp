// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/remote_state.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A file as a manifest lists it.
struct ListedFile {
    std::string path; ///< of an output in its run's folder; of an input as the study's folder sees it
    std::uint64_t bytes = 0;
    std::string sha256;

    friend bool operator==(const ListedFile&, const ListedFile&) = default;
};

/// A table that a run has read: where, without its password, and what it held.
struct PastTable {
    std::string database, table;
    std::uint64_t rows = 0;
    std::string sha256; ///< as hash_of_table() has it

    std::string label() const; ///< "public.roads in database 'zones'"
};

/// What a layer was read from; "(area)" and "(sites)" are inputs, too.
struct PastInput {
    std::string layer;
    std::vector<ListedFile> files{};
    std::vector<PastTable> tables{};
    std::vector<rasters::RemoteFile> remotes{}; ///< with what their servers told
    bool elsewhere = false;                     ///< also from an address of which nothing was told
};

/// Ground in the study's area, by a name.
struct PastGround {
    std::string name;
    std::int64_t cells = 0;
    double ha = 0;
};

struct NamedNumber {
    std::string name;
    double number = 0;
};

struct NamedText {
    std::string name, text;
};

/// What a run's manifest.json tells of it. The manifest is another's text: whatever it holds, reading it
/// ends in a PastRun whose paths are safe to look for, or in an Error of one line.
struct PastRun {
    std::filesystem::path folder; ///< in which the manifest lies
    std::string version, title;
    std::string study_file; ///< its name alone; empty: not told
    bool sites_only = false;
    bool connected = false;                      ///< by `connect`: a network, no scores
    std::optional<std::string> study_folder;     ///< as the run's folder sees it; only ever up: "..", "../.."
    std::string expanded;                        ///< the whole study, as YAML
    std::vector<NamedText> ready_criteria;       ///< by criterion what it was in the catalogue: "grid connection@1"
    std::string grid;                            ///< "EPSG:32643, 386 x 562 cells of 100 m"
    std::vector<ListedFile> outputs;             ///< in the manifest's order, relative, none above the folder
    std::vector<PastInput> inputs;               ///< none absolute
    std::vector<NamedNumber> weights;            ///< of the criteria over the whole study, 0 .. 1
    std::vector<NamedText> methods;              ///< "aggregation" ...: how weights and scores were found
    std::vector<PastGround> states, constraints; ///< by state; by constraint what each rules out
};

/// Of a run's folder, or of its manifest alone. Throws Error naming the file: there is none, none of ours,
/// larger than 64 MiB, something in it of another shape than this program writes, an output's path that
/// leads out of the folder.
PastRun read_past_run(const std::filesystem::path& run);

/// Whether a file is a name below the folder it is listed in: relative, without "..", as written by us.
bool stays_inside(const std::string& path);

} // namespace zonerank::engine
