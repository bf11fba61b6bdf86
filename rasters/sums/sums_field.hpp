// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/sums/share_sums.hpp"
#include "rasters/sums/travel_sums.hpp"
#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// What a solve of many leaves: ground and sums in blocks, those with sums where travel
/// came near. Blocks are of rows side by side.
struct TravelSums::Field {
    /// Asks for all ground. Throws Error as `options.course` does.
    Field(const Grid& grid, const Slowness& slowness, std::span<const RoadStep> roads, const TravelSumOptions& options);

    Tile ground_of(Window window) const { return part_of(ground, window); }    ///< NaN outside the grid
    Tile heights_of(Window window) const { return part_of(*heights, window); } ///< of a relief, NaN outside the grid
    bool crossed(Cell cell, float slowness) const;
    /// Each where travel from it begins; those that begin nowhere are left out.
    std::vector<TravelWeight> on_ground(std::span<const TravelWeight> weights) const;
    std::size_t cells() const {
        return static_cast<std::size_t>(tiling.side()) * static_cast<std::size_t>(tiling.side());
    } ///< of a block

    Tiling tiling;
    mutable PagedTiles ground; ///< float, minutes per metre
    ShareSums sums;
    mutable std::optional<PagedTiles> heights; ///< float, metres; of a relief
    RoadCells on_roads;

private:
    void lay(PagedTiles& blocks, const Slowness& values, const Course& course);
    Tile part_of(PagedTiles& blocks, Window window) const;
};

} // namespace zonerank::rasters
