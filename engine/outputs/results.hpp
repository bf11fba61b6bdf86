// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/counts.hpp"
#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a run has found and written, when only the files that present it are still to be made.
/// Refers to the run's own: not to be kept.
struct Results {
    const Prepared& prepared;
    const Ranking& ranking;                ///< no rows without sites
    const CellCounts* counts = nullptr;    ///< null with sites_only: not all cells were seen
    bool exact_percentiles = true;         ///< of the sites; not only of a histogram
    std::filesystem::path folder;          ///< where the files lie now
    std::filesystem::path target;          ///< where they will lie
    const std::vector<std::string>& files; ///< that are whole in it, with '/': "stability/stability.json"
    FileHashes* hashes = nullptr;          ///< of inputs, read and listed already

    bool has(const std::string& file) const;
};

} // namespace zonerank::engine
