// SPDX-License-Identifier: Apache-2.0
#include "layers/near_field.hpp"

#include "rasters/crs.hpp"
#include "rasters/travel/time_at.hpp"

#include <cmath>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Grid;
using rasters::Point;
using rasters::TravelStart;

/// The outermost cells of a grid, each once.
static std::vector<Cell> rim_of(const Grid& grid) {
    std::vector<Cell> rim;
    for (int row = 0; row < grid.rows; ++row) {
        const bool whole = row == 0 || row == grid.rows - 1 || grid.cols == 1;
        for (int col = 0; col < grid.cols; col += whole ? 1 : grid.cols - 1)
            rim.push_back({col, row});
    }
    return rim;
}

std::vector<TravelStart> starts_at_rim(const Friction& near, const rasters::TravelTimes& far, const Grid& far_grid,
                                       double limit, bool targets) {
    const Grid& grid = near.grid();
    const rasters::Transform transform(rasters::parse_crs(grid.crs), rasters::parse_crs(far_grid.crs));
    const rasters::RoadCells lines(near.roads());
    std::vector<TravelStart> starts;
    for (const Cell cell : rim_of(grid)) {
        const Point at = grid.centre(cell), there = transform(at);
        const float minutes = rasters::time_at(far, far_grid, there, !lines.contains(cell));
        if (std::isinf(minutes))
            starts.push_back({cell, at, std::nextafter(static_cast<float>(limit), HUGE_VALF)});
        else if (!std::isnan(minutes))
            starts.push_back({cell, at, minutes, targets ? rasters::target_at(far, far_grid, there) : 0});
    }
    return starts;
}

} // namespace zonerank::layers
