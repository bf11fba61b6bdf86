// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace zonerank::rasters {

/// A step along a road between two cells that touch, if only at a corner.
struct RoadStep {
    Cell from, to;
    float minutes = 0; ///< at least 0
    bool one_way = false;
};

/// The cells that some steps lead from or to.
class RoadCells {
public:
    explicit RoadCells(std::span<const RoadStep> steps);

    bool contains(Cell cell) const;

private:
    std::vector<std::pair<int, int>> m_places; ///< rows and columns, in order
};

/// A line that is travelled along.
struct RoadLine {
    Path path;
    double km_per_hour = 0;
    bool one_way = false; ///< only in the path's direction
    int level = 0;        ///< above the ground: of bridges, below 0 of tunnels
};

/// The steps of lines over a grid: from each cell to the next that the line runs
/// through, as long as the line is between the places of the two cells: where it is
/// nearest to the one point of each cell at which all lines through it are met, its centre
/// or a vertex where lines end. So a way along a line takes its true time at any angle and
/// any bend, through junctions too, and next to nothing is gained by changing between lines
/// that run side by side, such as the carriageways of a motorway (0.5 % where they are a fifth
/// of a cell apart and linked every ten cells, 1.5 % half a cell apart). A piece that cuts
/// a corner, shorter than both beside it, is left out where those beside it touch.
///
/// Lines that go on from one to the next (RoadChains) are one: it makes no difference
/// where a road is cut up. What is lost: lines, and parts of one line, that run through the
/// same cell are joined there (two that meet at an acute angle, say, a cell or so before they
/// meet), and a way onto a line begins at a cell's centre, off by 0.6 cells at most. What lies outside the
/// grid is left out. Coordinates are finite. Throws Error for a speed that is not above 0.
std::vector<RoadStep> road_steps(const Grid& grid, std::span<const RoadLine> lines);

/// The same steps for a search that goes from where one wants to be to where one comes from.
std::vector<RoadStep> against_traffic(std::span<const RoadStep> steps);

/// The ground that some of these steps go over: the part of the line for each, in its
/// direction. `steps`: their numbers in road_steps() of the same lines, ascending.
std::vector<Path> step_paths(const Grid& grid, std::span<const RoadLine> lines, std::span<const std::size_t> steps);

} // namespace zonerank::rasters
