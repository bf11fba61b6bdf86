// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/road_steps.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// The road steps that begin in one tile or its halo, and end there too, by cell. A
/// look that finds nothing costs one bit.
class TileRoads {
public:
    struct Step {
        std::uint32_t to; ///< cell in the block
        float minutes;
    };
    struct Start {
        std::uint32_t from; ///< cell in the block
        Step step;
    };

    explicit TileRoads(std::vector<Start> steps);

    /// Steps from a cell of the block, none for most.
    std::span<const Step> from(std::uint32_t cell) const {
        const std::uint64_t word = m_bits[cell / 64], bit = std::uint64_t{1} << (cell % 64);
        if ((word & bit) == 0)
            return {};
        const std::size_t road_cell =
            m_before[cell / 64] + static_cast<std::size_t>(__builtin_popcountll(word & (bit - 1)));
        return std::span(m_steps).subspan(m_first[road_cell], m_first[road_cell + 1] - m_first[road_cell]);
    }

private:
    std::vector<std::uint64_t> m_bits;   ///< which cells have steps
    std::vector<std::uint32_t> m_before; ///< how many do before each word
    std::vector<std::uint32_t> m_first;  ///< of each of these, and one more
    std::vector<Step> m_steps;
};

/// Road steps, each way, sorted out to the tiles. Safe from several threads, for one
/// tile by one at a time.
class RoadIndex {
public:
    /// Throws Error for a step of negative or no time, or one that leads from the grid, or
    /// to a cell that is not one of the 8 around.
    RoadIndex(const Tiling& tiling, std::span<const RoadStep> steps);

    /// Gets a tile's steps ready, and more of them between any cells of its block; once.
    /// Most solves come to some of the tiles only.
    void open(std::size_t tile, std::span<const TileRoads::Start> more);

    /// Of a tile that has been opened; null without steps.
    const TileRoads* of(std::size_t tile) const { return m_tiles[tile].get(); }

private:
    std::vector<std::vector<TileRoads::Start>> m_steps; ///< of tiles that haven't been opened
    std::vector<std::unique_ptr<const TileRoads>> m_tiles;
};

} // namespace zonerank::rasters
