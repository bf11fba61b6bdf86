// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/counts.hpp"
#include "engine/model/prepared.hpp"

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
    double seconds = 0;                                 ///< wall time
    std::vector<std::pair<std::string, double>> stages; ///< of units, added over threads
    std::vector<std::string> outputs;                   ///< file names in `folder`
    std::filesystem::path folder;                       ///< where they lie now
};

/// The manifest as JSON text. Reads and hashes inputs and outputs. Throws Error
/// when one can't be read.
std::string manifest_json(const RunRecord& record);

} // namespace zonerank::engine
