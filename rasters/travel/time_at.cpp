// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/time_at.hpp"

#include <cmath>

namespace zonerank::rasters {

static Window cell_of(const Grid& grid, Point at) {
    return grid.cover({at.x, at.y, at.x, at.y});
}

static double mixed(double a, double b, double share) {
    return share == 0 ? a : a + share * (b - a);
}

float time_at(const TravelTimes& times, const Grid& grid, Point at, bool between) {
    const float own = times.times(cell_of(grid, at)).values().front();
    if (!between || !std::isfinite(own))
        return own;
    const double x = (at.x - grid.centre_x(0)) / grid.cell, y = (grid.centre_y(0) - at.y) / grid.cell;
    const int col = static_cast<int>(std::floor(x)), row = static_cast<int>(std::floor(y));
    const Tile four = times.times({col, row, 2, 2});
    const auto of = [&](int east, int south) { return static_cast<double>(four[{col + east, row + south}]); };
    const double across = x - col;
    const auto value =
        static_cast<float>(mixed(mixed(of(0, 0), of(1, 0), across), mixed(of(0, 1), of(1, 1), across), y - row));
    return std::isfinite(value) ? value : own;
}

std::int32_t target_at(const TravelTimes& times, const Grid& grid, Point at) {
    const Window cell = cell_of(grid, at);
    return times.allocation(cell).values().front();
}

} // namespace zonerank::rasters
