// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/stored_raster.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace zonerank::rasters {

std::shared_ptr<const KeptBlocks::Block> KeptBlocks::block(std::uint64_t number, const Read& read) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_places.find(number); found != m_places.end()) {
            m_used.splice(m_used.begin(), m_used, found->second);
            return found->second->second;
        }
    }
    const auto block = std::make_shared<const Block>(read());
    keep(number, block);
    return block;
}

void KeptBlocks::keep(std::uint64_t number, const std::shared_ptr<const Block>& block) {
    const std::scoped_lock lock(m_mutex);
    if (m_places.contains(number))
        return;
    m_used.emplace_front(number, block);
    m_places[number] = m_used.begin();
    m_taken += block->size() * sizeof(float);
    while (m_taken > m_memory && m_used.size() > 1) {
        m_taken -= m_used.back().second->size() * sizeof(float);
        m_places.erase(m_used.back().first);
        m_used.pop_back();
    }
}

static constexpr std::size_t cells = std::size_t{StoredRaster::side} * StoredRaster::side;

static int across(const Window& extent) {
    return (extent.cols + StoredRaster::side - 1) / StoredRaster::side;
}

std::uint64_t StoredRaster::blocks(const Grid& grid) {
    return static_cast<std::uint64_t>(across(grid.window())) *
           static_cast<std::uint64_t>((grid.rows + side - 1) / side);
}

/// Rows of a window of cells, copied from one place to another: copy(cell, cols) of each.
template <typename Copy>
static void each_row(const Window& w, Copy&& copy) {
    for (int row = w.row; row < w.row + w.rows; ++row)
        copy(Cell{w.col, row}, static_cast<std::size_t>(w.cols));
}

static PackedBlock packed(const Tile& part) {
    static thread_local std::vector<std::uint32_t> numbers;
    numbers.assign(cells, 0);
    const Window w = part.window();
    each_row(w, [&](Cell c, std::size_t cols) {
        std::memcpy(&numbers[static_cast<std::size_t>(c.row - w.row) * StoredRaster::side], &part[c],
                    cols * sizeof(float));
    });
    return pack(numbers, StoredRaster::side);
}

// Packed by many, written by one, in their order.
void StoredRaster::write(BlockFileOut& file, std::uint64_t first, const Grid& grid,
                         const std::function<Tile(Window)>& values) {
    constexpr std::size_t at_a_time = 64;
    const std::vector<Window> parts = tiles(grid.window(), side);
    std::vector<PackedBlock> ready(at_a_time);
    for (std::size_t begin = 0; begin < parts.size(); begin += at_a_time) {
        const std::size_t now = std::min(at_a_time, parts.size() - begin);
        in_parallel(now, [&](std::size_t i) { ready[i] = packed(values(parts[begin + i])); });
        for (std::size_t i = 0; i < now; ++i)
            file.add(first + begin + i, ready[i]);
    }
}

StoredRaster::StoredRaster(std::shared_ptr<const BlockFileIn> file, std::uint64_t first, const Grid& grid,
                           std::uint64_t memory)
    : m_file(std::move(file)), m_first(first), m_extent(grid.window()), m_kept(memory) {
    for (std::uint64_t i = 0; i < blocks(grid); ++i)
        if (!m_file->has(first + i))
            throw Error("{}: a block of the raster is missing", m_file->path().string());
}

KeptBlocks::Block StoredRaster::block(std::uint64_t number) const {
    static thread_local std::vector<std::uint32_t> numbers(cells);
    m_file->read(number, side, numbers);
    KeptBlocks::Block block(cells);
    std::memcpy(block.data(), numbers.data(), cells * sizeof(float));
    return block;
}

Tile StoredRaster::read(Window window) const {
    Tile out(window, no_data);
    const Window inside = intersection(window, m_extent);
    if (inside.empty())
        return out;
    for (int down = inside.row / side; down <= (inside.row + inside.rows - 1) / side; ++down)
        for (int right = inside.col / side; right <= (inside.col + inside.cols - 1) / side; ++right) {
            const std::uint64_t number =
                m_first + static_cast<std::uint64_t>(down) * static_cast<std::uint64_t>(across(m_extent)) +
                static_cast<std::uint64_t>(right);
            const auto from = m_kept.block(number, [&] { return block(number); });
            const Window own{right * side, down * side, side, side};
            each_row(intersection(own, inside), [&](Cell c, std::size_t cols) {
                std::memcpy(&out[c], from->data() + (c.row - own.row) * side + c.col - own.col, cols * sizeof(float));
            });
        }
    return out;
}

} // namespace zonerank::rasters
