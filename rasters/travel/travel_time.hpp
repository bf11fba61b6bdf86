// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/course.hpp"
#include "rasters/core/memory_shares.hpp"
#include "rasters/core/raster.hpp"
#include "rasters/travel/relief.hpp"
#include "rasters/travel/road_steps.hpp"
#include "rasters/travel/start_rays.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <span>

namespace zonerank::rasters {

/// How time spreads from cell to cell. grid8 and grid16 are the shortest ways over the
/// graph of 8 or 16 steps, as other programs measure them: too long by up to 8.2 and
/// 2.8 % on even ground, depending on the direction. eikonal goes in all directions (0.5 % at most
/// beyond 10 cells) and around the corners of barriers themselves; its time is never above
/// grid16's. Where waves meet that begin at different times, or on lines and areas, it is up to 0.09
/// cells too short: ways are interpolated between what comes from both (StartSeams).
enum class TravelMethod { eikonal, grid8, grid16 };

struct TravelOptions {
    TravelMethod method = TravelMethod::eikonal;
    double limit_minutes = std::numeric_limits<double>::infinity(); ///< what is farther isn't measured
    int exact_start_cells = 16;                                     ///< around starts, reached straight; eikonal only
    bool cut_corners = true; ///< whether a diagonal step leads between two barriers that touch at a corner
    /// Slopes; null: it makes no difference which way one goes, and slowness is all there is to it.
    /// Otherwise slowness is that on level ground; roads keep their own times. Half as much memory again.
    std::shared_ptr<const Relief> relief{};
    bool find_targets = false; ///< for TravelTimes::allocation
    bool tell_beyond = true;   ///< what lies beyond the limit from what no way leads to; otherwise both are NaN
    std::uint64_t memory = memory_shares().times;    ///< bytes of tiles in RAM; others wait on disk
    std::filesystem::path scratch = ".";             ///< folder for them
    std::uint64_t kept = memory_shares().times_kept; ///< bytes of times in RAM, and of targets, when all is solved
    int tile_cells = TileLayout::most_side;          ///< side of a tile, from 2; no result depends on it
    Course course{};                                 ///< told of, by what part of all cells has a time
};

/// Minutes per metre at each cell's centre, of the whole cell: 0 or more; NaN or
/// infinity where nothing crosses. A cell's value is the same in whatever window it is
/// asked for. Called from any thread.
using Slowness = std::function<Tile(Window)>;

/// Times from the nearest start, of all cells of a grid. Copies share them. Safe to
/// call from any thread.
class TravelTimes {
public:
    /// Minutes to each cell's centre. Infinity: beyond the limit, for a way there is.
    /// NaN: there is none, or nothing crosses the cell, or it lies outside the grid.
    Tile times(Window window) const;
    /// Whether travel came near the window: no cell of it has a time otherwise.
    bool came_to(Window window) const;

    /// The target whose start each cell is nearest to in time, the smaller of equals; -1
    /// where times() is no number. Only if `find_targets` was asked for.
    Raster<std::int32_t> allocation(Window window) const;

    struct Field;
    explicit TravelTimes(std::shared_ptr<const Field> field);

private:
    std::shared_ptr<const Field> m_field;
};

/// Solves for the times of a whole grid, tile by tile, with as many threads as TBB has
/// where it is called. Each cell's time is the same to the last bit for any tiles,
/// memory, threads and order of starts and steps; it is a sum of float, off by
/// 1e-5 of itself at most.
///
/// `slowness` is asked once for each tile that travel comes to, with a rim around it. A
/// step of `roads` takes its own time, over barriers too: cells of a bridge have times,
/// but no way leads off it over water. Memory beyond `options.memory`: about 1 byte a
/// cell, 12 a road step each way, and 12 a cell near starts if targets or a limit are asked for.
///
/// Throws Error for what StartIndex and RoadIndex refuse, a limit that is not above 0, a
/// full disk, and as `course` does.
TravelTimes travel_times(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                         std::span<const RoadStep> roads, const TravelOptions& options);

} // namespace zonerank::rasters
