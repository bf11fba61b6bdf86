// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/past_run.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// An output that another run of the same study did not give again.
struct RerunDifference {
    std::string path;
    std::string what; ///< "12 of 22,110 cells changed ...", "other values in score", "not written again" ...
};

/// Holds a run against another of the same study, in `fresh`: every output that the manifest lists, and
/// everything that `fresh` has beside them, must be the same to the last byte. All but manifest.json: the program's
/// promise. Of maps and tables that are still as they were it is told how they differ. Throws Error for
/// a file that can't be read, and "stopped".
std::vector<RerunDifference> compare_rerun(const PastRun& run, const PastRun& fresh,
                                           const std::function<bool()>& stopped);

} // namespace zonerank::engine
