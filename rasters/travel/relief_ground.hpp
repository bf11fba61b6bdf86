// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/relief.hpp"
#include "rasters/travel/road_index.hpp"
#include "rasters/travel/spreading.hpp"

#include <cstddef>
#include <vector>

namespace zonerank::rasters {

/// Straight ways over a relief. Between cells' centres elevations are bilinear, of those
/// that are known.
class ReliefRays {
public:
    /// `elevation`: of a window that has one cell more on each side than the rays cross,
    /// where the grid goes on. `per_metre`: sides of a cell. `relief` is kept.
    ReliefRays(const Relief& relief, Tile elevation, float per_metre);

    /// As ray_minutes(), each piece in a cell at its own slope.
    double minutes(const Tile& slowness, Cell from, Point at, Cell to, bool cut_corners) const;

    const Tile& elevation() const { return m_elevation; }

private:
    double elevation(Point at) const;
    double wait(Cell cell) const;

    const Relief& m_relief;
    Tile m_elevation;
    std::vector<TravelWait> m_waits; ///< in its window
    float m_per_metre;
};

/// What the tiles of a solver have of a relief. Safe from several threads, for one tile
/// by one at a time.
class ReliefGround {
public:
    /// References are kept.
    ReliefGround(const Grid& grid, const Tiling& tiling, const Relief& relief)
        : m_tiling(tiling), m_relief(relief), m_per_metre(static_cast<float>(1 / grid.cell)), m_waits(tiling.size()) {}

    /// Around a window of the grid, in which nothing crosses `slowness` from now on where no elevation is known.
    ReliefRays around(Tile& slowness) const;

    /// Elevations of a tile's block.
    void lay_out(std::size_t tile, const ReliefRays& around, float* elevation);

    Slopes slopes(std::size_t tile, const float* elevation) const {
        return {elevation, m_waits[tile].empty() ? nullptr : m_waits[tile].data(), &m_relief.speed, m_per_metre};
    }

    /// corner_steps() of a block that is laid out, at the slope from end to end.
    std::vector<TileRoads::Start> corners(std::size_t tile, const Patch& block, bool cut_corners) const;

private:
    const Tiling& m_tiling;
    const Relief& m_relief;
    float m_per_metre;
    std::vector<std::vector<float>> m_waits; ///< as blocks; empty for most
};

} // namespace zonerank::rasters
