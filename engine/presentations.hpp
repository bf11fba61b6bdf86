// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/report/display_maps.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Files that show what a run has found, made once everything else is written: a unit of the run.
struct Presentation {
    std::vector<std::string> files; ///< that it leaves in the folder of results, one at least
    std::function<void(const Results&)> work;
};

/// In the order in which they are listed. What they are given must outlive them; `display`:
/// what was kept of the maps, null where there are none or nobody shows them.
std::vector<Presentation> presentations(const Prepared& prepared, const DisplayMaps* display);

} // namespace zonerank::engine
