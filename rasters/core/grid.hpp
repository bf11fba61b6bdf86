// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::rasters {

/// A cell's place in its grid; row 0 is the northernmost.
struct Cell {
    int col = 0, row = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// A rectangle of cells of a grid. Tiles, halos and whole grids are all
/// windows; one may reach outside its grid (negative columns are fine).
struct Window {
    int col = 0, row = 0, cols = 0, rows = 0;

    long long size() const { return 1LL * cols * rows; }
    bool empty() const { return cols <= 0 || rows <= 0; }
    bool contains(Cell c) const { return c.col >= col && c.row >= row && c.col < col + cols && c.row < row + rows; }
    Window grown(int by) const { return {col - by, row - by, cols + 2 * by, rows + 2 * by}; }

    friend bool operator==(const Window&, const Window&) = default;
};

Window intersection(const Window& a, const Window& b); ///< empty when they do not meet

/// Where every raster of a study lives: north up, square cells, one projected
/// CRS in metres. Cell edges are whole multiples of the cell from `anchor`, and
/// coordinates are computed from that global count, never from a corner of the
/// grid, so that two grids with the same anchor and cell agree to the last bit.
struct Grid {
    std::string crs;        ///< WKT; projected, units are metres
    double cell = 0;        ///< side of a cell, metres
    std::int64_t west = 0;  ///< the west edge is at anchor.x + west * cell
    std::int64_t north = 0; ///< the north edge is at anchor.y - north * cell
    int cols = 0, rows = 0;
    Point anchor{};

    Window window() const { return {0, 0, cols, rows}; }
    /// The west edge of a column, the north edge of a row.
    double edge_x(int col) const { return anchor.x + static_cast<double>(west + col) * cell; }
    double edge_y(int row) const { return anchor.y - static_cast<double>(north + row) * cell; }
    double centre_x(int col) const { return anchor.x + (static_cast<double>(west + col) + 0.5) * cell; }
    double centre_y(int row) const { return anchor.y - (static_cast<double>(north + row) + 0.5) * cell; }
    Point centre(Cell c) const { return {centre_x(c.col), centre_y(c.row)}; }
    Box box(const Window& w) const;
    Box box() const { return box(window()); }

    /// The smallest window that covers the box (edges included); may reach
    /// outside the grid. Empty for an empty box.
    /// Throws Error when it would not fit 2^31 columns or rows.
    Window cover(const Box& box) const;

    friend bool operator==(const Grid&, const Grid&) = default;
};

/// The grid over `box`, snapped outward to whole multiples of the cell.
/// Throws Error when it would have no cells or more than 2^31 a side.
Grid grid_over(const Box& box, double cell, std::string crs, Point anchor = {});

/// Each cell split into factor x factor; covers the same ground.
Grid refined(const Grid& grid, int factor);

/// Cells of factor x factor, on the same anchor; covers at least the same ground.
Grid coarsened(const Grid& grid, int factor);

/// Covers a window with tiles of at most `side` cells, row by row from the
/// north-west. Tiles never overlap.
std::vector<Window> tiles(const Window& window, int side);

/// Calls visit(Window) for each of them, without a list.
template <typename Visit>
void each_tile(const Window& w, int side, Visit&& visit) {
    for (int row = 0; row < w.rows; row += side)
        for (int col = 0; col < w.cols; col += side)
            visit(Window{w.col + col, w.row + row, std::min(side, w.cols - col), std::min(side, w.rows - row)});
}

} // namespace zonerank::rasters
