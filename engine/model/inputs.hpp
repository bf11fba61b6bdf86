// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

inline constexpr const char* judgements_input = "(judgements)";

/// What a study reads in one place: a layer, its area, its sites, the zones known to be good or bad, tables of
/// judgements.
struct Input {
    std::string name; ///< the layer's; of the others the place, in brackets: "(area)"
    std::vector<std::string> paths{};
    std::string layer{};  ///< the one that is read within them, or a database's table
    bool is_text = false; ///< read by ourselves: a file is itself and no other
};

/// All of them: the layers first, then the others that have a source of their own.
std::vector<Input> inputs_of(const Study& study);

/// The tables of databases among them, each once: where it is, and its name.
std::set<std::pair<std::string, std::string>> input_tables(const Study& study);

/// Notes what they are now, before they are read. Nothing is told of what can't be opened.
void note_input(const Input& input, const rasters::Access& access, FileStates& states);
void note_inputs(const Study& study, const rasters::Access& access, FileStates& states);

/// The tables of judgements that its weights are read from, absolute, each once.
std::vector<std::filesystem::path> judgement_tables(const Study& study);

/// What layers, area, sites and known zones are read from, each once, in order.
std::vector<std::string> input_sources(const Prepared& prepared);
/// The files of one of those: all in a folder, the archive that it is in, or what GDAL reads of it; none for what is
/// not on this machine. Throws Error when it can't be opened.
std::vector<std::filesystem::path> input_files(const std::string& source, const rasters::Access& access);
std::vector<std::filesystem::path> input_files(const std::string& source, const Prepared& prepared);

/// A path as the study's folder sees it, so that no path of this machine gets out.
std::string path_in_study(const std::filesystem::path& path, const Study& study);

} // namespace zonerank::engine
