// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

/// Where a ray meets the lines between cells along one axis, in shares of the ray.
class RayAxis {
public:
    RayAxis(int from, int to, double at, double way) : cell(from), last(to), m_start(at), m_length(way) {}

    double next() const {
        if (cell == last)
            return std::numeric_limits<double>::infinity();
        return std::max(0.0, ((last > cell ? cell + 1 : cell) - m_start) / m_length);
    }
    int step() const { return last > cell ? 1 : last < cell ? -1 : 0; }

    int cell, last;

private:
    double m_start, m_length;
};

/// Calls piece(Cell, from, to), in shares of the ray, for the cells that a ray crosses,
/// from a place in one (in cells and parts from the grid's north-west corner) to
/// another's centre. Whether it gets there: not over cells whose slowness is infinite or
/// NaN, nor, without `cut_corners`, between two of them that touch where it passes.
template <typename Piece>
bool each_ray_piece(const Tile& slowness, Cell from, Point at, Cell to, bool cut_corners, Piece&& piece) {
    RayAxis x(from.col, to.col, at.x, to.col + 0.5 - at.x), y(from.row, to.row, at.y, to.row + 0.5 - at.y);
    const auto barrier = [&](int col, int row) {
        return !(slowness[{col, row}] < std::numeric_limits<float>::infinity());
    };
    for (double passed = 0;;) {
        if (barrier(x.cell, y.cell))
            return false;
        const double next = std::min({x.next(), y.next(), 1.0});
        const bool corner = x.cell != x.last && y.cell != y.last && std::abs(x.next() - y.next()) < 1e-12;
        const bool across = corner || x.next() < y.next();
        piece(Cell{x.cell, y.cell}, passed, std::max(passed, next));
        passed = std::max(passed, next);
        if (x.cell == x.last && y.cell == y.last)
            return true;
        if (corner && !cut_corners && barrier(x.cell + x.step(), y.cell) && barrier(x.cell, y.cell + y.step()))
            return false;
        const int down = corner || !across ? y.step() : 0;
        x.cell += across ? x.step() : 0;
        y.cell += down;
    }
}

} // namespace zonerank::rasters
