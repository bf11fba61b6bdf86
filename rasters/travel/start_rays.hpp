// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Where travel starts.
struct TravelStart {
    Cell cell;               ///< that has the place, or touches it
    Point at;                ///< the place itself, in the grid's CRS
    float minutes = 0;       ///< that have passed there, at least 0
    std::int32_t target = 0; ///< what it belongs to, at least 0; many starts may belong to one
};

/// The starts for a line as a target: its vertices, and where it is nearest to the
/// centre of each cell that it runs through, so that times are those of the line itself.
/// What lies outside the grid is left out.
std::vector<TravelStart> starts_along(const Grid& grid, const Path& line, std::int32_t target);

/// Minutes straight from a place, in cells and parts from the grid's north-west corner,
/// to a cell's centre: the exact integral over the cells that lie between.
/// Slowness in minutes per side of a cell; infinite where NaN is crossed or, without
/// `cut_corners`, the ray passes where two such cells touch. `from` is the cell that it
/// starts in, at its rim perhaps.
double ray_minutes(const Tile& slowness, Cell from, Point at, Cell to, bool cut_corners);

/// The starts of a study, for the tiles near them.
class StartIndex {
public:
    /// `cells` (0 or more): how far starts reach straight.
    /// Throws Error for a start outside the grid, of negative or no time or target.
    StartIndex(const Grid& grid, const Tiling& tiling, std::span<const TravelStart> starts, int cells);

    int reach() const { return m_cells; } ///< cells that rays cross at most, their ends included
    bool near(std::size_t tile) const { return !m_near[tile].empty(); }
    float earliest(std::size_t tile) const; ///< minutes of the earliest start near the tile

    /// Calls arrive(Cell in the grid, minutes, target) for cells of the tile that starts
    /// reach straight: their own at least. A start that another, not later, is nearer to
    /// a cell than isn't looked at there, nor one all around which others start.
    /// `slowness`, in minutes per side of a cell, is of a window that has all of the
    /// grid that lies within reach() of the tile.
    using Arrive = std::function<void(Cell, float, std::int32_t)>;
    void arrivals(std::size_t tile, const Tile& slowness, bool cut_corners, const Arrive& arrive) const;

    /// The same, where ray(from, at, to) tells what ray_minutes() does.
    using Ray = std::function<double(Cell, Point, Cell)>;
    void arrivals(std::size_t tile, const Tile& slowness, const Ray& ray, const Arrive& arrive) const;

private:
    void find_surrounded();
    void own_arrivals(std::size_t tile, const Tile& slowness, const Ray& ray, const Arrive& arrive) const;

    const Grid& m_grid;
    const Tiling& m_tiling;
    int m_cells;
    std::vector<TravelStart> m_starts; ///< by minutes, then by cell, place and target
    std::vector<char> m_surrounded;
    std::vector<std::vector<std::uint32_t>> m_near; ///< of each tile
};

} // namespace zonerank::rasters
