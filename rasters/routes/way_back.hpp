// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/routes/field_view.hpp"
#include "rasters/routes/steps_into.hpp"
#include "rasters/travel/travel_time.hpp"

#include <optional>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A road step that a way takes.
struct RoadUse {
    std::size_t step = 0; ///< its number
    bool forward = true;  ///< from its beginning to its end
};

/// A cell that a way runs through, and the step that leads on from it, if it is a road's.
struct Passed {
    Cell cell;
    float minutes;
    std::optional<RoadUse> road{};
};

/// The cells of a way from one with a time back to a start.
struct WayBack {
    std::vector<Passed> passed;
    Point end{};            ///< the start's place, in cells from the grid's north-west corner
    double end_minutes = 0; ///< of the start
};

/// Goes from cell to cell to where each time came from: along the road step that gave it,
/// else as the ground lets time spread. Times fall with each step; where they don't, for what is
/// crossed costs nothing, by as few steps as there can be to where they fall. Of ways as
/// quick the same one always.
WayBack way_back(const Grid& grid, FieldView& view, const TravelOptions& options, const StepsInto& into,
                 std::span<const TravelStart> starts, Cell from);

} // namespace zonerank::rasters
