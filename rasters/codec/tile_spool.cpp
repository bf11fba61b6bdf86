// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tile_spool.hpp"

#include "rasters/core/parallel.hpp"

#include <cassert>
#include <cstring>
#include <utility>

namespace zonerank::rasters {

template <typename T>
TileSpool<T>::TileSpool(const std::filesystem::path& folder, std::vector<PyramidLevel> levels, const Packing& packing)
    : m_levels(std::move(levels)), m_packing(packing), m_scratch(folder) {
    for (const PyramidLevel& level : m_levels)
        m_tiles.emplace_back(level.blocks());
    const BlockBuffer<T> nothing(block_cells, memory_no_data<T>);
    constexpr int small_and_quick = 3; // 125 bytes of zstd as at 9, which would take its time; 3 kB at 1
    m_empty = packed({nothing.data()}, {packing.kind, small_and_quick, packing.max_error});
}

template <typename T>
std::size_t TileSpool<T>::number(std::size_t level, BlockIndex index) const {
    return static_cast<std::size_t>(index.row) * static_cast<std::size_t>(m_levels[level].blocks_across()) +
           static_cast<std::size_t>(index.col);
}

template <typename T>
typename TileSpool<T>::Tile TileSpool<T>::packed(const BlockView<T>& block, const Packing& packing) {
    Bytes bytes;
    encode(block, packing, bytes);
    return {m_scratch.append(bytes), static_cast<std::uint32_t>(bytes.size())};
}

template <typename T>
void TileSpool<T>::add(std::size_t level, BlockIndex index, const BlockView<T>* block) {
    assert(!has(level, index));
    m_tiles[level][number(level, index)] = block ? packed(*block, m_packing) : m_empty;
}

template <typename T>
void TileSpool<T>::read(const Tile& tile, std::span<std::byte> bytes) const {
    if (tile.source == 0)
        m_scratch.read(tile.at, bytes);
    else
        m_sources[tile.source - 1]->read(tile.at, bytes);
}

template <typename T>
std::vector<typename TileSpool<T>::Listed> TileSpool<T>::list() const {
    std::vector<Listed> list;
    for (std::size_t level = 0; level < m_tiles.size(); ++level)
        for (std::size_t i = 0; i < m_tiles[level].size(); ++i)
            if (const Tile& tile = m_tiles[level][i]; tile.bytes > 0)
                list.push_back({static_cast<std::uint32_t>(level), static_cast<std::uint32_t>(i),
                                tile == m_empty ? 0 : tile.bytes});
    return list;
}

template <typename T>
void TileSpool<T>::put(ArchiveOut& out) const {
    const std::vector<Listed> listed = list();
    out.put_list(listed);
    Bytes bytes;
    for (const Listed& tile : listed) {
        bytes.resize(tile.bytes);
        read(m_tiles[tile.level][tile.number], bytes);
        out.write(bytes);
    }
}

template <typename T>
void TileSpool<T>::take(ArchiveIn& in) {
    std::vector<Listed> listed;
    in.get_list(listed);
    m_sources.push_back(in.file());
    const auto source = static_cast<std::uint32_t>(m_sources.size());
    for (const Listed& tile : listed) {
        in.require(tile.level < m_tiles.size() && tile.number < m_tiles[tile.level].size());
        Tile& place = m_tiles[tile.level][tile.number];
        in.require(place.bytes == 0, same_ground);
        place = tile.bytes == 0 ? m_empty : Tile{in.skip(tile.bytes), tile.bytes, source};
    }
}

template <typename T>
std::vector<TileSizes> TileSpool<T>::sizes() const {
    std::vector<TileSizes> sizes;
    for (const std::vector<Tile>& tiles : m_tiles)
        for (TileSizes& level = sizes.emplace_back(); const Tile& tile : tiles)
            level.push_back(tile.bytes);
    return sizes;
}

// Of fewer bytes at once the calls would cost.
static constexpr std::uint64_t worthwhile = std::uint64_t{1} << 20;

template <typename T>
std::vector<typename TileSpool<T>::Stretch> TileSpool<T>::stretches(std::uint64_t at) const {
    std::vector<Stretch> stretches(1, Stretch{at, 0, {}});
    for (std::size_t level = m_tiles.size(); level-- > 0;)
        for (const Tile& tile : m_tiles[level]) {
            if (stretches.back().bytes >= worthwhile)
                stretches.push_back({stretches.back().at + stretches.back().bytes, 0, {}});
            stretches.back().bytes += tile_lead + tile.bytes + tile_trail;
            stretches.back().tiles.push_back(tile);
        }
    return stretches;
}

template <typename T>
Bytes TileSpool<T>::copy(const Stretch& stretch, OutputFile& file) const {
    Bytes gathered(stretch.bytes);
    std::byte* lead = gathered.data();
    for (const Tile& tile : stretch.tiles) {
        std::memcpy(lead, &tile.bytes, tile_lead);
        read(tile, {lead + tile_lead, tile.bytes});
        std::byte* trail = lead + tile_lead + tile.bytes;
        std::memcpy(trail, trail - tile_trail, tile_trail);
        lead = trail + tile_trail;
    }
    file.write(stretch.at, gathered);
    return gathered;
}

template <typename T>
void TileSpool<T>::copy_to(OutputFile& file, std::uint64_t at, const Watch& watch) const {
    constexpr std::size_t most_in_memory = 8;
    const std::vector<Stretch> all = stretches(at);
    in_order(
        all.size(), most_in_memory, [&](std::size_t i) { return copy(all[i], file); },
        [&](const Bytes& bytes) {
            if (watch)
                watch(bytes);
        });
}

template class TileSpool<float>;
template class TileSpool<std::uint8_t>;
template class TileSpool<std::uint16_t>;
template class TileSpool<std::uint64_t>;

} // namespace zonerank::rasters
