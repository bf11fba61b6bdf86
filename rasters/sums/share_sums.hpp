// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/distance_sums.hpp"
#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <span>

namespace zonerank::rasters {

/// Sums of shares of weights at the cells of a grid. Shares are rounded to 2^-61 of all
/// weights together, so that sums are of whole numbers and have no order. In blocks, of
/// rows side by side, only where something was added. Safe to add to from any thread;
/// safe to ask from any when all is added.
class ShareSums {
public:
    ShareSums(const Grid& grid, std::uint64_t memory, std::filesystem::path scratch);

    const Tiling& tiling() const { return m_tiling; }

    /// To be called before anything is added: at least the sum of all weights, 0 or more.
    void expect(double total);

    /// Adds to the cells of a window, which lies in the grid, what the decay leaves of a
    /// weight at these minutes; nothing where they are NaN.
    void add(double weight, const Tile& minutes, const Decay& decay);

    /// 0 where nothing was added, NaN outside the grid.
    Tile sums(Window window) const;

    void keep(std::uint64_t memory) { m_blocks.keep(memory); } ///< bytes in RAM, from now on

private:
    void add_row(double weight, std::span<const float> minutes, const Decay& decay, std::int64_t* sums) const;
    void show(std::size_t tile, Tile& out) const;

    Tiling m_tiling;
    double m_unit = 1;
    mutable PagedTiles m_blocks;
    std::deque<std::mutex> m_adding; ///< to each block
};

} // namespace zonerank::rasters
