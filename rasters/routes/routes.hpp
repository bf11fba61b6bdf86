// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/routes/way_back.hpp"

#include <memory>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A stretch of a way: over the ground, in straight lines, or along roads.
struct RoutePart {
    Path path;                  ///< in the grid's CRS; on roads the centres of their cells
    std::vector<RoadUse> roads; ///< for each segment of the path; none: over the ground
    double minutes = 0;
};

/// A way from a cell's centre to a start's place, part after part.
using Route = std::vector<RoutePart>;

/// Solves for the times of a grid, and finds the ways that take them.
///
/// A way goes back as way_back() tells. What it crosses over the ground is then drawn
/// tight (drawn_tight): a straight line takes the place of cells where it is as quick, at
/// the exact integral of the slowness, or where it stays within half a cell of them and costs
/// at most 0.2 % more; and goes by the corners of barriers (around_corners). So no way crosses a
/// barrier but on a road. By `eikonal` its minutes are the field's to 0.2 % over even ground,
/// to 0.5 % where speeds change smoothly, to 3 % where they change from cell to cell; off by 0.7 of a
/// cell more for each way onto or off a road. Along roads they are the field's own.
class RouteFinder {
public:
    /// Solves, as travel_times() does; throws Error as it does. `into`: of the same
    /// grid and steps; is referred to. Everything else is copied. REQUIRES no `options.relief`.
    RouteFinder(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                std::span<const RoadStep> roads, const StepsInto& into, const TravelOptions& options);
    RouteFinder(RouteFinder&&) noexcept;
    ~RouteFinder();

    const TravelTimes& times() const;

    /// Empty where times() has none, or beyond the limit. Of several ways as quick the same
    /// one always. From one thread at a time.
    Route from(Cell cell) const;

private:
    struct Solved;
    std::unique_ptr<Solved> m_solved;
};

} // namespace zonerank::rasters
