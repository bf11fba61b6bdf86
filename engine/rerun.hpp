// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"
#include "engine/records/rerun_comparison.hpp"
#include "rasters/access.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <vector>

namespace zonerank::engine {

struct RerunOptions {
    rasters::Access access{}; ///< of the one who asks; a manifest can't widen it
    unsigned threads = 0;     ///< 0: one per core
    std::function<void(const Progress&)> progress{};
};

/// Runs an earlier run's study again, as its manifest has it, in a folder of its own below the system's
/// (TMPDIR), which is gone afterwards, and tells how the outputs differ. `study_folder` is what the study's paths are
/// seen from. Throws Error when the study can't be run any more, with what is wrong with it, for a full disk, and
/// "stopped".
std::vector<RerunDifference> rerun(const PastRun& run, const std::filesystem::path& study_folder,
                                   const RerunOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
