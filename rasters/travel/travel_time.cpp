// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_time.hpp"

#include "rasters/core/error.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace zonerank::rasters {

TravelTimes::TravelTimes(std::shared_ptr<const Field> field) : m_field(std::move(field)) {}

/// Calls visit(from, to, cols) for each row of a window that lies in a block.
template <typename Block, typename Value, typename Visit>
static void each_row(const Tiling& tiling, PagedTiles& blocks, Raster<Value>& out, Visit&& visit) {
    tiling.each(out.window(), [&](std::size_t tile) {
        if (!blocks.has(tile))
            return;
        const PagedTiles::Pin block(blocks, tile, false);
        const Window w = tiling.window(tile), shared = intersection(w, out.window());
        for (int row = shared.row; row < shared.row + shared.rows; ++row)
            visit(block.as<Block>() + TileLayout::at(shared.col - w.col, row - w.row), &out[{shared.col, row}],
                  shared.cols);
    });
}

Tile TravelTimes::times(Window window) const {
    Tile out(window, no_data);
    each_row<const float>(m_field->tiling, m_field->minutes, out, [](const float* from, float* to, int cols) {
        for (int i = 0; i < cols; ++i)
            to[i] = from[i] == Field::beyond ? unreached : from[i] < unreached ? from[i] : no_data;
    });
    return out;
}

bool TravelTimes::came_to(Window window) const {
    bool came = false;
    m_field->tiling.each(window, [&](std::size_t tile) { came |= m_field->minutes.has(tile); });
    return came;
}

Raster<std::int32_t> TravelTimes::allocation(Window window) const {
    assert(m_field->targets);
    Raster<std::int32_t> out(window, -1);
    each_row<const std::int32_t>(m_field->tiling, *m_field->targets, out,
                                 [](const std::int32_t* from, std::int32_t* to, int cols) {
                                     for (int i = 0; i < cols; ++i)
                                         to[i] = from[i] == Field::nobody ? -1 : from[i];
                                 });
    return out;
}

TravelTimes travel_times(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                         std::span<const RoadStep> roads, const TravelOptions& options) {
    assert(options.tile_cells >= TileLayout::halo && options.tile_cells <= TileLayout::most_side);
    if (!(options.limit_minutes > 0))
        throw Error("the limit of a travel time is {} minutes; it has to be above 0", options.limit_minutes);
    return TravelTimes(TravelSolver(grid, slowness, starts, roads, options).solve());
}

} // namespace zonerank::rasters
