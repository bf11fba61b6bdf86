// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/travel_time.hpp"

namespace zonerank::rasters {

/// Minutes at a point: of the cell that it lies in, or, with `between`, bilinearly between
/// the centres of the four cells around it where all of these have a time. Infinity and
/// NaN as TravelTimes::times() has them; NaN outside the grid, that of the times.
float time_at(const TravelTimes& times, const Grid& grid, Point at, bool between);

/// The target of the cell that a point lies in; -1 where it has none. Only if asked for.
std::int32_t target_at(const TravelTimes& times, const Grid& grid, Point at);

} // namespace zonerank::rasters
