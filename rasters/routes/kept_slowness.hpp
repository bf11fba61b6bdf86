// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/tile_layout.hpp"
#include "rasters/travel/travel_time.hpp"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <vector>

namespace zonerank::rasters {

/// Ground that several solves ask for: found out once for each tile, and kept up to so
/// many bytes in memory, the rest on disk. Safe from any thread.
class KeptSlowness {
public:
    KeptSlowness(const Grid& grid, Slowness slowness, std::uint64_t memory, std::filesystem::path scratch);

    Tile operator()(Window window) const; ///< of a window within the grid

private:
    void fill(std::size_t tile) const; ///< if it isn't yet

    Tiling m_tiling;
    Slowness m_slowness;
    mutable PagedTiles m_tiles;
    mutable std::vector<std::mutex> m_mutexes;
    mutable std::vector<char> m_filled;
};

} // namespace zonerank::rasters
