// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/prepared.hpp"
#include "rasters/core/course.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a study asks of its ranked sites beside their ranks: a unit of the run.
struct Analysis {
    std::vector<std::string> files; ///< that it leaves in the folder of results, one at least
    /// Writes them, and gives what a terminal shows: lines ending in \n.
    std::function<std::string(const Ranking&, const std::filesystem::path& folder, const rasters::Course&)> work;
};

/// In the order in which they are shown. `prepared` must outlive them.
std::vector<Analysis> analyses(const Prepared& prepared);

/// The known zones of the map against it, once all its cells are in `scores`; no sites
/// are needed, and the ranking is not looked at. Both must outlive it.
Analysis map_validation(const Prepared& prepared, const MapScores& scores);

} // namespace zonerank::engine
