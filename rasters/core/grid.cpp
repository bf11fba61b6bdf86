// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/grid.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

Window intersection(const Window& a, const Window& b) {
    const int col = std::max(a.col, b.col), row = std::max(a.row, b.row);
    const int cols = std::min(a.col + a.cols, b.col + b.cols) - col;
    const int rows = std::min(a.row + a.rows, b.row + b.rows) - row;
    return cols > 0 && rows > 0 ? Window{col, row, cols, rows} : Window{};
}

Box Grid::box(const Window& w) const {
    return {edge_x(w.col), edge_y(w.row + w.rows), edge_x(w.col + w.cols), edge_y(w.row)};
}

// A whole number of cells, or an Error when no grid can be that large.
static std::int64_t count(double cells) {
    if (!(std::abs(cells) < 9e15))
        throw Error("a grid reaching {:g} cells from its origin is too large; use a larger cell or check the CRS",
                    cells);
    return static_cast<std::int64_t>(cells);
}

static int narrow(std::int64_t cells) {
    if (std::abs(cells) > std::numeric_limits<int>::max() / 4)
        throw Error("{} cells in one direction are too many; use a larger cell", cells);
    return static_cast<int>(cells);
}

Window Grid::cover(const Box& b) const {
    if (b.empty())
        return {};
    const std::int64_t left = count(std::floor((b.xmin - anchor.x) / cell)) - west;
    const std::int64_t right = count(std::ceil((b.xmax - anchor.x) / cell)) - west;
    const std::int64_t top = count(std::floor((anchor.y - b.ymax) / cell)) - north;
    const std::int64_t bottom = count(std::ceil((anchor.y - b.ymin) / cell)) - north;
    return {narrow(left), narrow(top), std::max(narrow(right - left), 1), std::max(narrow(bottom - top), 1)};
}

Grid grid_over(const Box& box, double cell, std::string crs, Point anchor) {
    if (box.empty() || !(cell > 0) || !std::isfinite(cell))
        throw Error("no grid can be made of {:g} m cells over an empty area", cell);
    // Corners a billionth of a cell beyond an edge are rounding, not ground.
    constexpr double slack = 1e-9;
    Grid grid{std::move(crs), cell, 0, 0, 0, 0, anchor};
    grid.west = count(std::floor((box.xmin - anchor.x) / cell + slack));
    grid.north = count(std::floor((anchor.y - box.ymax) / cell + slack));
    grid.cols = std::max(narrow(count(std::ceil((box.xmax - anchor.x) / cell - slack)) - grid.west), 1);
    grid.rows = std::max(narrow(count(std::ceil((anchor.y - box.ymin) / cell - slack)) - grid.north), 1);
    return grid;
}

Grid refined(const Grid& grid, int factor) {
    Grid fine = grid;
    fine.cell = grid.cell / factor;
    fine.west = grid.west * factor;
    fine.north = grid.north * factor;
    fine.cols = narrow(1LL * grid.cols * factor);
    fine.rows = narrow(1LL * grid.rows * factor);
    return fine;
}

static std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

Grid coarsened(const Grid& grid, int factor) {
    Grid coarse = grid;
    coarse.cell = grid.cell * factor;
    coarse.west = floor_div(grid.west, factor);
    coarse.north = floor_div(grid.north, factor);
    coarse.cols = narrow(-floor_div(-(grid.west + grid.cols), factor) - coarse.west);
    coarse.rows = narrow(-floor_div(-(grid.north + grid.rows), factor) - coarse.north);
    return coarse;
}

std::vector<Window> tiles(const Window& window, int side) {
    std::vector<Window> result;
    each_tile(window, side, [&](const Window& tile) { result.push_back(tile); });
    return result;
}

} // namespace zonerank::rasters
