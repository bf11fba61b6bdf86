// SPDX-License-Identifier: Apache-2.0
#include "layers/near_field.hpp"

#include "rasters/crs.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Grid;
using rasters::Point;
using rasters::Tile;
using rasters::TravelStart;
using rasters::Window;

/// The outermost cells of a grid, each once, in stretches side by side.
static std::vector<Window> rim_of(const Grid& grid) {
    constexpr int most = 256;
    std::vector<Window> rim = rasters::tiles({0, 0, grid.cols, 1}, most);
    const auto add = [&](const Window& side) {
        std::ranges::copy(rasters::tiles(side, most), std::back_inserter(rim));
    };
    if (grid.rows > 1)
        add({0, grid.rows - 1, grid.cols, 1});
    if (grid.rows > 2)
        add({0, 1, 1, grid.rows - 2});
    if (grid.rows > 2 && grid.cols > 1)
        add({grid.cols - 1, 1, 1, grid.rows - 2});
    return rim;
}

static std::set<std::pair<int, int>> on_lines(const Friction& friction) {
    std::set<std::pair<int, int>> cells;
    for (const rasters::RoadStep& step : friction.roads())
        for (const Cell cell : {step.from, step.to})
            cells.emplace(cell.row, cell.col);
    return cells;
}

// Infinity stays what it is; NaN where one of the four is none.
static float between(const Tile& t, Cell nw, double across, double down) {
    const auto at = [&](int col, int row) { return static_cast<double>(t[{nw.col + col, nw.row + row}]); };
    const double north = across == 0 ? at(0, 0) : at(0, 0) + across * (at(1, 0) - at(0, 0));
    const double south = across == 0 ? at(0, 1) : at(0, 1) + across * (at(1, 1) - at(0, 1));
    return static_cast<float>(down == 0 ? north : north + down * (south - north));
}

namespace {

/// What a solution has at points.
class Reading {
public:
    Reading(const rasters::TravelTimes& times, const Grid& grid, const rasters::Box& around, bool targets)
        : m_grid(grid), m_times(times.times(grid.cover(around).grown(1))) {
        if (targets)
            m_targets = times.allocation(m_times.window());
    }

    std::int32_t target(Point at) const {
        const Window w = m_grid.cover({at.x, at.y, at.x, at.y});
        return m_targets.window().contains({w.col, w.row}) ? std::max(0, m_targets[{w.col, w.row}]) : 0;
    }

    float in_cell(Point at) const {
        const Window w = m_grid.cover({at.x, at.y, at.x, at.y});
        return m_times.window().contains({w.col, w.row}) ? m_times[{w.col, w.row}] : rasters::no_data;
    }

    float bilinear(Point at) const {
        const float own = in_cell(at);
        if (!std::isfinite(own))
            return own;
        const double x = (at.x - m_grid.centre_x(0)) / m_grid.cell, y = (m_grid.centre_y(0) - at.y) / m_grid.cell;
        const Cell nw{static_cast<int>(std::floor(x)), static_cast<int>(std::floor(y))};
        const Window four{nw.col, nw.row, 2, 2};
        const float value = intersection(four, m_times.window()) == four ? between(m_times, nw, x - nw.col, y - nw.row)
                                                                         : rasters::no_data;
        return std::isfinite(value) ? value : own;
    }

private:
    const Grid& m_grid;
    Tile m_times;
    rasters::Raster<std::int32_t> m_targets{}; ///< empty: nobody asked
};

} // namespace

std::vector<TravelStart> starts_at_rim(const Friction& near, const rasters::TravelTimes& far, const Grid& far_grid,
                                       double limit, bool targets) {
    const Grid& grid = near.grid();
    const rasters::Transform transform(rasters::parse_crs(grid.crs), rasters::parse_crs(far_grid.crs));
    const std::set<std::pair<int, int>> lines = on_lines(near);
    std::vector<TravelStart> starts;
    const auto add = [&](const Reading& reading, Cell cell) {
        const Point at = grid.centre(cell), there = transform(at);
        const float minutes = lines.contains({cell.row, cell.col}) ? reading.in_cell(there) : reading.bilinear(there);
        if (std::isinf(minutes))
            starts.push_back({cell, at, std::nextafter(static_cast<float>(limit), HUGE_VALF)});
        else if (!std::isnan(minutes))
            starts.push_back({cell, at, minutes, reading.target(there)});
    };
    for (const Window& stretch : rim_of(grid)) {
        const Reading reading(far, far_grid, rasters::reproject(grid.box(stretch), transform), targets);
        for (int row = stretch.row; row < stretch.row + stretch.rows; ++row)
            for (int col = stretch.col; col < stretch.col + stretch.cols; ++col)
                add(reading, {col, row});
    }
    return starts;
}

} // namespace zonerank::layers
