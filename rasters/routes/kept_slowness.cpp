// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/kept_slowness.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::rasters {

static constexpr int side = 256;

KeptSlowness::KeptSlowness(const Grid& grid, Slowness slowness, std::uint64_t memory, std::filesystem::path scratch)
    : m_tiling(grid, side), m_slowness(std::move(slowness)),
      m_tiles(m_tiling.size(), std::size_t{side} * side * sizeof(float), memory, std::move(scratch)),
      m_mutexes(m_tiling.size()), m_filled(m_tiling.size()) {}

void KeptSlowness::fill(std::size_t tile) const {
    const std::scoped_lock lock(m_mutexes[tile]);
    if (m_filled[tile])
        return;
    const Tile found = m_slowness(m_tiling.window(tile));
    const PagedTiles::Pin block(m_tiles, tile, true);
    std::ranges::copy(found.values(), block.as<float>());
    m_filled[tile] = true;
}

Tile KeptSlowness::operator()(Window window) const {
    Tile out = Tile::unset(window);
    m_tiling.each(window, [&](std::size_t tile) {
        fill(tile);
        const PagedTiles::Pin block(m_tiles, tile, false);
        const Window w = m_tiling.window(tile), shared = intersection(w, window);
        for (int row = shared.row; row < shared.row + shared.rows; ++row)
            std::copy_n(block.as<float>() + (row - w.row) * w.cols + (shared.col - w.col), shared.cols,
                        &out[{shared.col, row}]);
    });
    return out;
}

} // namespace zonerank::rasters
