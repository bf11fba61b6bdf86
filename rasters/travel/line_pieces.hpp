// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace zonerank::rasters {

/// Cuts segments at the lines between a grid's cells. May be used again.
class LinePieces {
public:
    explicit LinePieces(const Grid& grid) : m_grid(grid) {}

    /// Calls visit(Cell, from, to) for each piece of a segment that lies in one cell, in
    /// order, with its ends as shares of the segment, from 0 to 1. A piece along the line between
    /// two cells is in the one to the south or east. Pieces shorter than 1e-12 of it are left out.
    template <typename Visit>
    void each(Point a, Point b, Visit&& visit) {
        const Point from = in_cells(m_grid, a), to = in_cells(m_grid, b);
        m_cuts.assign({0, 1});
        cut(from.x, to.x);
        cut(from.y, to.y);
        std::ranges::sort(m_cuts);
        for (std::size_t i = 0; i + 1 < m_cuts.size(); ++i)
            if (m_cuts[i + 1] - m_cuts[i] > 1e-12)
                visit(cell_at(from, to, (m_cuts[i] + m_cuts[i + 1]) / 2), m_cuts[i], m_cuts[i + 1]);
    }

    /// Columns and rows, with parts, of a point from the grid's north-west corner.
    static Point in_cells(const Grid& grid, Point p) {
        return {(p.x - grid.edge_x(0)) / grid.cell, (grid.edge_y(0) - p.y) / grid.cell};
    }

    /// The cell of a point: the one to the south or east of a line between two.
    static Cell cell_of(const Grid& grid, Point p) {
        const Point at = in_cells(grid, p);
        return {static_cast<int>(std::floor(at.x)), static_cast<int>(std::floor(at.y))};
    }

private:
    void cut(double from, double to) {
        const double high = std::max(from, to);
        for (double edge = std::floor(std::min(from, to)) + 1; edge < high; ++edge)
            m_cuts.push_back((edge - from) / (to - from));
    }
    static Cell cell_at(Point from, Point to, double share) {
        return {static_cast<int>(std::floor(from.x + share * (to.x - from.x))),
                static_cast<int>(std::floor(from.y + share * (to.y - from.y)))};
    }

    const Grid& m_grid;
    std::vector<double> m_cuts;
};

} // namespace zonerank::rasters
