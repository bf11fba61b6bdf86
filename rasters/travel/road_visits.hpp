// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/travel/road_chains.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <unordered_map>
#include <vector>

namespace zonerank::rasters {

/// The one place of each cell at which all lines through it are met: a vertex where lines
/// end, the nearest to the centre, or else the centre. References are kept.
class RoadAnchors {
public:
    RoadAnchors(const Grid& grid, const RoadChains& chains, std::span<const RoadChain> all);

    Point of(Cell cell) const;

private:
    std::int64_t place(Cell cell) const { return std::int64_t{cell.row} * m_grid.cols + cell.col; }
    void offer(Point vertex);

    const Grid& m_grid;
    std::unordered_map<std::int64_t, Point> m_vertices;
};

/// A part of a chain in one cell, in metres along the chain.
struct RoadVisit {
    Cell cell;
    double begin, end;
    bool fixed = false; ///< lines meet there
    double node = 0;    ///< where steps lead from and to; never falls from visit to visit

    double length() const { return end - begin; }
};

inline bool touch(Cell a, Cell b) {
    return std::abs(a.col - b.col) <= 1 && std::abs(a.row - b.row) <= 1;
}

/// The cells that a chain runs through, in order, without corners that it only cuts. Each
/// is met where the chain is nearest to the cell's anchor. That goes beyond the cell where the line
/// hardly touches it, and beyond the line where this ends: lines side by side have the
/// same place in each cell, and there is nothing to be gained by changing between them.
std::vector<RoadVisit> road_visits(const Grid& grid, const RoadChains& chains, const RoadChain& chain,
                                   const RoadAnchors& anchors);

} // namespace zonerank::rasters
