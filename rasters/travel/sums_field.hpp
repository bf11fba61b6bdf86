// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/tile_layout.hpp"
#include "rasters/travel/travel_sums.hpp"

#include <cstddef>
#include <cstdint>
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
    /// Writes the sums of a block into `out`, 0 where travel never came.
    void show(std::size_t tile, Tile& out) const;
    std::size_t cells() const {
        return static_cast<std::size_t>(tiling.side()) * static_cast<std::size_t>(tiling.side());
    } ///< of a block

    Tiling tiling;
    mutable PagedTiles ground, sums;           ///< float, minutes per metre; int64, shares of weights in `unit`
    mutable std::optional<PagedTiles> heights; ///< float, metres; of a relief
    std::vector<Cell> on_roads;                ///< by row and column
    double unit = 1;

private:
    void lay(PagedTiles& blocks, const Slowness& values, const Course& course);
    Tile part_of(PagedTiles& blocks, Window window) const;
};

/// Calls visit(values, first cell, cols) for each row of a window that lies in a block
/// of rows side by side.
template <typename Value, typename Visit>
void each_row_of_block(const Tiling& tiling, std::size_t tile, Value* block, const Window& of, Visit&& visit) {
    const Window w = tiling.window(tile), shared = intersection(w, of);
    for (int row = shared.row; row < shared.row + shared.rows; ++row)
        visit(block + (row - w.row) * tiling.side() + shared.col - w.col, Cell{shared.col, row}, shared.cols);
}

} // namespace zonerank::rasters
