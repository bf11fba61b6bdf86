// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/counts.hpp"
#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "engine/outputs/link_files.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a run knows of itself, for manifest.json. No user or host names, no
/// absolute paths. The one output outside the promise of equal bytes: it holds
/// times.
struct RunRecord {
    const Prepared* prepared = nullptr;
    const CellCounts* counts = nullptr; ///< null with sites_only: not all cells were seen
    bool sites_only = false;
    bool exact_quantiles = true;
    double seconds = 0;                                  ///< wall time
    std::vector<std::pair<std::string, double>> stages;  ///< of units, added over threads
    std::vector<std::pair<std::string, double>> inner{}; ///< of stages within units, added over threads
    std::vector<std::string> outputs;                    ///< file names in `folder`
    std::filesystem::path folder;                        ///< where they lie now
    const LinkMap* links = nullptr;                      ///< of `connect`, which needs no model
    FileHashes* hashes = nullptr;                        ///< of inputs and outputs; what is not there is added
};

/// The manifest as JSON text. Throws Error when an input or output that has no hash
/// yet can't be read.
std::string manifest_json(const RunRecord& record);

/// What layers, area and sites are read from, each once.
std::vector<std::string> input_sources(const Prepared& prepared);
/// The files of one of them, or the archive that it is in; none for what is not on this machine.
std::vector<std::filesystem::path> input_files(const std::string& source, const Prepared& prepared);

/// A path as the study's folder sees it, so that no path of this machine gets out.
std::string path_in_study(const std::filesystem::path& path, const Study& study);
/// What was warned of, with the place in the study, without the folders it was reached by.
std::vector<std::string> warnings_of(const Prepared& prepared);
/// Ground that a cell stands for, by the ellipsoid: the area's own ratio to the plane.
double hectares_per_cell(const Territory& territory);

} // namespace zonerank::engine
