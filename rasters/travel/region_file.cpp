// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/region_file.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace zonerank::rasters {

namespace fs = std::filesystem;

static constexpr std::uint64_t edges_block = std::uint64_t{1} << 62, seen_block = edges_block + 1; // after any tile

std::uint32_t nothing_of(TravelPhase phase) {
    return phase == TravelPhase::targets ? std::bit_cast<std::uint32_t>(TravelTimes::Field::nobody)
                                         : std::bit_cast<std::uint32_t>(unreached);
}

std::size_t RegionLayout::neighbour(std::size_t region, std::size_t place) const {
    const Window w = regions.window(region);
    const int across = static_cast<int>(place) % 3, down = static_cast<int>(place) / 3;
    const int cols[] = {w.col - 1, w.col, w.col + w.cols}, rows[] = {w.row - 1, w.row, w.row + w.rows};
    const Cell beyond{cols[across], rows[down]};
    return regions.window().contains(beyond) ? regions.of(beyond) : regions.size();
}

Window RegionLayout::shown(std::size_t region, std::size_t place) const {
    return intersection(regions.window(neighbour(region, place)).grown(TileLayout::halo), regions.window(region));
}

std::vector<Cell> RegionLayout::around(std::size_t region) const {
    const Window w = regions.window(region), wide = w.grown(TileLayout::halo);
    std::vector<Cell> cells;
    const auto take = [&](Cell c) { cells.push_back(c); };
    const auto strip = [&](const Window& part) { FrameSlots::each_cell(intersection(part, regions.window()), take); };
    strip({wide.col, wide.row, wide.cols, TileLayout::halo});
    strip({wide.col, w.row, TileLayout::halo, w.rows});
    strip({w.col + w.cols, w.row, TileLayout::halo, w.rows});
    strip({wide.col, w.row + w.rows, wide.cols, TileLayout::halo});
    return cells;
}

std::shared_ptr<const RegionFile> RegionFile::open(const fs::path& path, std::uint64_t key, TravelPhase phase,
                                                   std::size_t region) {
    if (!size_if_there(path))
        return nullptr;
    const std::shared_ptr<RegionFile> file(new RegionFile(path));
    const auto head = file->m_file.head();
    if (head.size() == sizeof(RegionStamps))
        std::memcpy(&file->m_stamps, head.data(), head.size());
    if ((key != 0 && file->m_stamps.key != key) || file->m_stamps.phase != static_cast<std::uint64_t>(phase) ||
        file->m_stamps.region != region)
        throw Error("{}: of another field, or another region of it; remove it", path.string());
    return file;
}

static int side_with_halo(const Tiling& tiles) {
    return tiles.side() + 2 * TileLayout::halo;
}

/// Calls visit(cell in a block, place in the file, cells) for each row of a tile with its halo.
template <typename Visit>
static void each_stored_row(const Tiling& tiles, Visit&& visit) {
    const int side = side_with_halo(tiles);
    for (int y = 0; y < side; ++y)
        visit(TileLayout::at(-TileLayout::halo, y - TileLayout::halo), static_cast<std::size_t>(y * side),
              static_cast<std::size_t>(side));
}

void RegionFile::restore(const Tiling& tiles, std::size_t tile, std::uint32_t* block) const {
    static thread_local std::vector<std::uint32_t> stored;
    const auto side = static_cast<std::size_t>(side_with_halo(tiles));
    stored.resize(side * side);
    m_file.read(tile, side, stored);
    std::fill_n(block, tiles.cells(), nothing_of(static_cast<TravelPhase>(m_stamps.phase)));
    each_stored_row(tiles, [&](std::uint32_t at, std::size_t from, std::size_t cells) {
        std::copy_n(&stored[from], cells, block + at);
    });
}

PackedBlock pack_tile(const Tiling& tiles, const std::uint32_t* block) {
    static thread_local std::vector<std::uint32_t> stored;
    const auto side = static_cast<std::size_t>(side_with_halo(tiles));
    stored.resize(side * side);
    each_stored_row(tiles, [&](std::uint32_t at, std::size_t to, std::size_t cells) {
        std::copy_n(block + at, cells, &stored[to]);
    });
    return pack(stored, side);
}

std::vector<std::uint32_t> RegionFile::edges(std::size_t count) const {
    std::vector<std::uint32_t> values(count);
    m_file.read(edges_block, count, values);
    return values;
}

std::vector<std::uint32_t> RegionFile::seen(std::size_t count) const {
    std::vector<std::uint32_t> values(count);
    if (count > 0)
        m_file.read(seen_block, count, values);
    return values;
}

// Packed by many, written by one, in their order.
static void add_tiles(BlockFileOut& out, const RegionValues& values) {
    constexpr std::size_t at_a_time = 64;
    std::vector<PackedBlock> ready(at_a_time);
    for (std::size_t begin = 0; begin < values.tiles.size(); begin += at_a_time) {
        const std::size_t now = std::min(at_a_time, values.tiles.size() - begin);
        in_parallel(now, [&](std::size_t i) { ready[i] = values.packed(values.tiles[begin + i]); });
        for (std::size_t i = 0; i < now; ++i)
            out.add(values.tiles[begin + i], ready[i]);
    }
}

// It is not synced: what a power cut leaves of it is damaged, and its region due again.
void write_region(const fs::path& path, const RegionStamps& stamps, const RegionValues& values) {
    write_whole(path, [&](const fs::path& part) {
        BlockFileOut out(part);
        add_tiles(out, values);
        out.add(edges_block, pack(values.edges, values.edges.size()));
        if (!values.seen.empty())
            out.add(seen_block, pack(values.seen, values.seen.size()));
        out.close(std::as_bytes(std::span(&stamps, 1)));
    });
}

} // namespace zonerank::rasters
