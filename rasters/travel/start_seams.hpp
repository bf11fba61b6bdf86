// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/start_rays.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Where the areas of single starts meet, as the crow flies: there two waves come from
/// different sides, and between a cell of one and a cell of the other nothing may be
/// interpolated, which would make the way up to 0.09 cells too short. Near starts only,
/// where that is much of a time. It depends on the starts alone, so times keep their one
/// solution; on uneven ground it is a place where steps do without interpolation.
class StartSeams {
public:
    static constexpr int reach = 24; ///< cells around starts
    static constexpr std::size_t words = TileLayout::stride * TileLayout::stride / 64;
    using Bits = std::vector<std::uint64_t>; ///< of a block's cells: seams to the east, then those to the south

    /// `cells` below 1: none at all. Starts that have others in the 8 cells around,
    /// those of lines and areas, have no seams.
    StartSeams(const Grid& grid, const Tiling& tiling, std::span<const TravelStart> starts, int cells);

    Bits of(std::size_t tile) const; ///< empty where there are none

    static bool between(const std::uint64_t* bits, std::uint32_t a, std::uint32_t b) {
        const std::uint32_t first = a < b ? a : b, other = a < b ? b : a;
        const std::size_t side = other - first == 1 ? 0 : words;
        return (bits[side + first / 64] >> (first % 64) & 1) != 0;
    }

private:
    Raster<std::int32_t> nearest(const Window& w, std::span<const std::uint32_t> starts) const;

    const Tiling& m_tiling;
    struct Place {
        Cell cell;
        Point at; ///< in cells
    };
    std::vector<Place> m_places;
    std::vector<std::vector<std::uint32_t>> m_near; ///< of each tile
};

} // namespace zonerank::rasters
