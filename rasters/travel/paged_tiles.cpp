// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/paged_tiles.hpp"

#include "rasters/core/buffers.hpp"

#include <span>
#include <utility>

namespace zonerank::rasters {

PagedTiles::PagedTiles(std::size_t tiles, std::size_t bytes_each, std::uint64_t memory, std::filesystem::path scratch)
    : m_bytes(bytes_each), m_memory(memory), m_folder(std::move(scratch)), m_tiles(tiles) {}

PagedTiles::~PagedTiles() {
    for (const Tile& tile : m_tiles)
        if (tile.block)
            give_buffer(tile.block, m_bytes);
}

bool PagedTiles::has(std::size_t tile) const {
    const std::scoped_lock lock(m_mutex);
    return m_tiles[tile].block || m_tiles[tile].on_disk != nowhere;
}

PagedTiles::Pin::Pin(PagedTiles& tiles, std::size_t tile, bool to_change)
    : m_tiles(tiles), m_tile(tile), m_fresh(!tiles.has(tile)), m_block(tiles.pin(tile, to_change)) {}

PagedTiles::Pin::~Pin() {
    m_tiles.unpin(m_tile);
}

void* PagedTiles::pin(std::size_t number, bool to_change) {
    const std::scoped_lock lock(m_mutex);
    Tile& tile = m_tiles[number];
    if (!tile.block) {
        make_room(m_bytes);
        void* block = take_buffer(m_bytes);
        try {
            if (tile.on_disk != nowhere)
                m_scratch->read(tile.on_disk, {static_cast<std::byte*>(block), m_bytes});
        } catch (...) {
            give_buffer(block, m_bytes);
            throw;
        }
        tile.block = block;
        m_taken += m_bytes;
    } else if (tile.pins == 0) {
        m_unused.erase(tile.unused);
    }
    ++tile.pins;
    tile.changed |= to_change;
    return tile.block;
}

void PagedTiles::unpin(std::size_t number) {
    const std::scoped_lock lock(m_mutex);
    Tile& tile = m_tiles[number];
    if (--tile.pins == 0)
        tile.unused = m_unused.insert(m_unused.end(), number);
}

void PagedTiles::keep(std::uint64_t memory) {
    const std::scoped_lock lock(m_mutex);
    m_memory = memory;
    make_room(0);
}

void PagedTiles::make_room(std::uint64_t bytes) {
    while (m_taken + bytes > m_memory && !m_unused.empty())
        put_out(m_unused.front());
}

void PagedTiles::put_out(std::size_t number) {
    Tile& tile = m_tiles[number];
    write(tile);
    give_buffer(std::exchange(tile.block, nullptr), m_bytes);
    m_taken -= m_bytes;
    m_unused.erase(tile.unused);
}

void PagedTiles::write(Tile& tile) {
    if (!m_scratch)
        m_scratch = std::make_unique<Scratch>(m_folder);
    const std::span bytes(static_cast<const std::byte*>(tile.block), m_bytes);
    if (tile.on_disk == nowhere)
        tile.on_disk = m_scratch->append(bytes);
    else if (tile.changed)
        m_scratch->overwrite(tile.on_disk, bytes);
    tile.changed = false;
}

} // namespace zonerank::rasters
