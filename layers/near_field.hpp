// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "rasters/travel/travel_time.hpp"

#include <vector>

namespace zonerank::layers {

/// Starts in the outermost cells of a finer friction, at the times that a coarser one has
/// there: who goes on from the rim comes to whatever lies beyond. Between the coarser
/// cells times are read bilinearly, but not where one of the four has none, nor where a
/// line crosses the rim: the time there is that of the cell that it lies in. Where that
/// has none there is no start; what is beyond `limit` minutes starts just beyond it. With
/// `targets` they have those of the coarser cells, which were asked for.
std::vector<rasters::TravelStart> starts_at_rim(const Friction& near, const rasters::TravelTimes& far,
                                                const rasters::Grid& far_grid, double limit, bool targets);

} // namespace zonerank::layers
