// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/counts.hpp"
#include "engine/model/inputs.hpp"
#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "engine/outputs/link_files.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
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

/// Parts of it: by name what each input's files, tables and repairs are; how scores are made of criteria, with their
/// weights and the facts over the map.
nlohmann::ordered_json manifest_inputs(const RunRecord& record);
nlohmann::ordered_json manifest_decision(const Model& model);

/// Where the study lies, as a run's folder sees it: told only where it is above it, since other ways would name folders
/// of this machine.
std::optional<std::string> way_to_study(const std::filesystem::path& folder, const Study& study);

/// Ground that a cell stands for, by the ellipsoid: the area's own ratio to the plane.
double hectares_per_cell(const Territory& territory);

} // namespace zonerank::engine
