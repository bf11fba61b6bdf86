// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/solved/block_file.hpp"
#include "rasters/travel/tile_layout.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

/// A grid cut up twice: into a solver's tiles, and into regions of so many of them to a side.
struct RegionLayout {
    RegionLayout(const Grid& all, int tile_side, int tiles_a_side)
        : grid(all), tiles(all, tile_side), regions(all, tile_side * tiles_a_side) {}

    Grid grid;
    Tiling tiles, regions;

    /// A region's neighbour by place: 3 * (row + 1) + col + 1. The number of regions where there is none.
    std::size_t neighbour(std::size_t region, std::size_t place) const;
    /// The part of a region that the neighbour at a place looks at.
    Window shown(std::size_t region, std::size_t place) const;
    /// The cells of the grid around a region that it looks at, in order.
    std::vector<Cell> around(std::size_t region) const;
};

/// What a region was solved from.
struct RegionStamps {
    std::uint64_t key = 0;                ///< of the field, and how it is cut up
    std::uint64_t phase = 0, region = 0;  ///< TravelPhase
    std::uint64_t across = 0, down = 0;   ///< regions
    std::uint64_t phases = 0;             ///< a bit for each that the field has
    std::uint64_t times = 0;              ///< of targets and what is beyond: the hash of the region's times
    std::array<std::uint64_t, 9> seen{};  ///< what neighbours showed, by their places; 0: nothing
    std::array<std::uint64_t, 9> shown{}; ///< what it shows to them
};

// The values of a region's tiles for a phase as they are on disk, with what its neighbours
// look at. Values are bits, which for times and targets are in their order.

/// One that was written, opened. Safe from any thread.
class RegionFile {
public:
    /// Null where there is none. Throws Error naming the file where it is damaged, or not that
    /// region's of the field, whatever field it is where the key is 0.
    static std::shared_ptr<const RegionFile> open(const std::filesystem::path& path, std::uint64_t key,
                                                  TravelPhase phase, std::size_t region);

    const RegionStamps& stamps() const { return m_stamps; }
    std::uint64_t hash() const { return m_file.hash(); }
    bool has(std::size_t tile) const { return m_file.has(tile); }

    /// A tile's cells with their halo, laid out in a block that is a barrier all around.
    /// These throw Error naming the file.
    void restore(const Tiling& tiles, std::size_t tile, std::uint32_t* block) const;
    PackedBlock packed(std::size_t tile) const { return m_file.packed(tile); }
    std::vector<std::uint32_t> edges(std::size_t count) const; ///< by FrameSlots
    std::vector<std::uint32_t> seen(std::size_t count) const;  ///< of RegionLayout::around(): what all tiles have there

private:
    explicit RegionFile(const std::filesystem::path& path) : m_file(path) {}

    BlockFileIn m_file;
    RegionStamps m_stamps;
};

/// What is to be written of a region.
struct RegionValues {
    std::vector<std::size_t> tiles;                      ///< ascending
    std::function<PackedBlock(std::size_t tile)> packed; ///< from any thread
    std::vector<std::uint32_t> edges, seen;
};

/// Under another name first: a reader sees the old file or the new one. The same bytes each
/// time. Throws Error naming it.
void write_region(const std::filesystem::path& path, const RegionStamps& stamps, const RegionValues& values);

/// A tile's cells with their halo, from its block.
PackedBlock pack_tile(const Tiling& tiles, const std::uint32_t* block);

/// What stands for nothing yet, in bits.
std::uint32_t nothing_of(TravelPhase phase);

} // namespace zonerank::rasters
