// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/prepared.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "engine/plan/planning.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
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
    std::uint64_t memory = 0;                       ///< bytes, see hold(); 0: the machine's
    KnownFiles known{};                             ///< of the inputs
    bool sites_only = false;                        ///< no maps; only tiles that touch a site
    /// Cells to a side of the blocks that a large map is cut in: each is kept on the disk when it is done, in the
    /// plan's folder beside the results (see PlanFolder), where a run that follows finds it. A multiple of 512.
    int block = usual_block;
    bool fresh = false;     ///< whatever is kept there is thrown away first
    bool finish = false;    ///< nothing is computed that is not kept there: Error "is not done yet"
    bool keep_plan = false; ///< that folder stays when the results are in place
    std::function<void(const Progress&)> progress{};
};

struct RunResult {
    Ranking ranking;                 ///< no rows without sites
    std::vector<std::string> tables; ///< what its analyses show on a terminal
    std::filesystem::path folder;
    std::vector<std::string> outputs; ///< names of the files in it
    std::vector<std::string> carried; ///< the user's own files, carried over from the folder's earlier content
    double seconds = 0;
    std::size_t units = 0, kept = 0; ///< units that are kept on the disk; those that an earlier run had left
};

/// Computes a prepared study and leaves its folder of results, whole or not at
/// all. What a run that was stopped or killed has kept is not done again. REQUIRES prepared.problems.ok(). Throws Error
/// for an output folder that can't be written or is not ours, too little memory, a damaged input, one that changed
/// while it was read, a full disk, and "stopped", with what is kept.
RunResult run(Prepared& prepared, const RunOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
