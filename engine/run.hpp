// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/prepared.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

struct RunOptions {
    unsigned threads = 0;                           ///< 0: one per core
    int tile = 512;                                 ///< cells to a side; results do not depend on it
    std::optional<std::filesystem::path> output{};  ///< instead of the study's, and anywhere
    std::optional<std::filesystem::path> lies_in{}; ///< what ways from the results to their inputs start from; none:
                                                    ///< where they are written
    bool sites_only = false; ///< no maps; only tiles that touch a site
    std::function<void(const Progress&)> progress{};
};

struct RunResult {
    Ranking ranking;                 ///< no rows without sites
    std::vector<std::string> tables; ///< what its analyses show on a terminal
    std::filesystem::path folder;
    std::vector<std::string> outputs; ///< names of the files in it
    std::vector<std::string> carried; ///< the user's own files, carried over from the folder's earlier content
    double seconds = 0;
};

/// Computes a prepared study and leaves its folder of results, whole or not at
/// all. REQUIRES prepared.problems.ok(). Throws Error for an output folder that
/// can't be written or is not ours, a damaged input, a full disk, and "stopped".
RunResult run(Prepared& prepared, const RunOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
