// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/pyramid.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

std::vector<PyramidLevel> pyramid_levels(int cols, int rows) {
    std::vector<PyramidLevel> levels{{cols, rows}};
    while (levels.back().blocks() > 1)
        levels.push_back({(levels.back().cols + 1) / 2, (levels.back().rows + 1) / 2});
    return levels;
}

/// Each bit with a 0 above it.
static std::uint64_t spread_out(std::uint32_t number) {
    std::uint64_t bits = number;
    bits = (bits | bits << 16) & 0x0000'FFFF'0000'FFFF;
    bits = (bits | bits << 8) & 0x00FF'00FF'00FF'00FF;
    bits = (bits | bits << 4) & 0x0F0F'0F0F'0F0F'0F0F;
    bits = (bits | bits << 2) & 0x3333'3333'3333'3333;
    return (bits | bits << 1) & 0x5555'5555'5555'5555;
}

std::uint64_t order_in_squares(std::uint32_t col, std::uint32_t row) {
    return spread_out(col) | spread_out(row) << 1;
}

namespace {

constexpr int half = block_side / 2;

/// How many blocks of the finer level lie under a block of a coarser one.
int parts_of(const PyramidLevel& finer, BlockIndex index) {
    return std::min(2, finer.blocks_across() - 2 * index.col) * std::min(2, finer.blocks_down() - 2 * index.row);
}

/// One block of four quarters.
template <typename T>
BlockBuffer<T> joined(const std::array<BlockBuffer<T>, 4>& quarters) {
    BlockBuffer<T> cells(block_cells);
    for (int row = 0; row < block_side; ++row)
        for (int side = 0; side < 2; ++side) {
            const BlockBuffer<T>& quarter = quarters[static_cast<std::size_t>(row / half * 2 + side)];
            T* to = cells.data() + row * std::ptrdiff_t{block_side} + side * half;
            if (quarter.empty())
                std::fill_n(to, half, memory_no_data<T>);
            else
                std::copy_n(quarter.data() + row % half * std::ptrdiff_t{half}, half, to);
        }
    return cells;
}

} // namespace

template <typename T>
Pyramid<T>::Pyramid(int cols, int rows, Halving how, Passed passed)
    : m_levels(pyramid_levels(cols, rows)), m_how(how), m_passed(std::move(passed)), m_partials(m_levels.size()) {}

template <typename T>
typename Pyramid<T>::Partial& Pyramid<T>::partial(std::size_t level, BlockIndex index) {
    const std::scoped_lock lock(m_mutex);
    std::unique_ptr<Partial>& found = m_partials[level][index.key()];
    if (!found) {
        found = std::make_unique<Partial>(index);
        found->missing = parts_of(m_levels[level - 1], index);
    }
    return *found;
}

template <typename T>
std::unique_ptr<typename Pyramid<T>::Partial> Pyramid<T>::done(std::size_t level, BlockIndex index, int came) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partials[level].find(index.key());
    if ((found->second->missing -= came) > 0)
        return nullptr;
    return std::move(m_partials[level].extract(found).mapped());
}

template <typename T>
void Pyramid<T>::pass(std::size_t level, BlockIndex index, const BlockView<T>* block) {
    m_passed(level, index, block);
    if (++level == m_levels.size())
        return;
    const BlockIndex above{index.col / 2, index.row / 2};
    Partial& waiting = partial(level, above);
    if (block) {
        BlockBuffer<T>& quarter = waiting.quarters[static_cast<std::size_t>(index.row % 2 * 2 + index.col % 2)];
        quarter.resize(block_cells / 4);
        halve(*block, m_how, quarter.data(), half);
    }
    if (const std::unique_ptr<Partial> whole = done(level, above))
        pass_joined(level, above, *whole);
}

template <typename T>
void Pyramid<T>::pass_joined(std::size_t level, BlockIndex index, const Partial& whole) {
    if (std::ranges::all_of(whole.quarters, &BlockBuffer<T>::empty))
        return pass(level, index, nullptr);
    const BlockBuffer<T> cells = joined(whole.quarters);
    const BlockView<T> block{cells.data()};
    pass(level, index, &block);
}

// In one order, so that the same part has the same bytes.
template <typename T>
std::vector<typename Pyramid<T>::Waiting> Pyramid<T>::waiting() const {
    std::vector<Waiting> all;
    for (std::uint32_t level = 1; level < m_levels.size(); ++level)
        for (const auto& [key, partial] : m_partials[level]) {
            const BlockIndex index = partial->index;
            Waiting& waiting = all.emplace_back(level, index, parts_of(m_levels[level - 1], index) - partial->missing);
            for (std::size_t i = 0; i < partial->quarters.size(); ++i)
                waiting.held |= (partial->quarters[i].empty() ? 0U : 1U) << i;
        }
    std::ranges::sort(all, {}, [](const Waiting& w) { return std::tuple(w.level, w.index.row, w.index.col); });
    return all;
}

template <typename T>
void Pyramid<T>::put(ArchiveOut& out) const {
    const std::vector<Waiting> all = waiting();
    out.put(std::uint64_t{all.size()});
    for (const Waiting& waiting : all) {
        out.put(waiting);
        for (const BlockBuffer<T>& quarter : m_partials[waiting.level].at(waiting.index.key())->quarters)
            out.write(std::as_bytes(std::span(quarter)));
    }
}

template <typename T>
void Pyramid<T>::take(const Waiting& part, ArchiveIn& in) {
    const PyramidLevel finer = m_levels[part.level - 1], level = m_levels[part.level];
    in.require(part.index.col >= 0 && part.index.col < level.blocks_across() && part.index.row >= 0 &&
               part.index.row < level.blocks_down());
    in.require(part.came > 0 && part.came <= parts_of(finer, part.index));
    Partial& here = partial(part.level, part.index);
    in.require(part.came <= here.missing, same_ground);
    for (std::size_t i = 0; i < here.quarters.size(); ++i) {
        if ((part.held >> i & 1) == 0)
            continue;
        in.require(here.quarters[i].empty(), same_ground);
        here.quarters[i].resize(block_cells / 4);
        in.read(std::as_writable_bytes(std::span(here.quarters[i])));
    }
    if (const std::unique_ptr<Partial> whole = done(part.level, part.index, part.came))
        pass_joined(part.level, part.index, *whole);
}

template <typename T>
void Pyramid<T>::take(ArchiveIn& in) {
    for (std::size_t left = in.count(sizeof(Waiting)); left > 0; --left) {
        const auto part = in.get<Waiting>();
        in.require(part.level > 0 && part.level < m_levels.size());
        take(part, in);
    }
}

template class Pyramid<float>;
template class Pyramid<std::uint8_t>;
template class Pyramid<std::uint16_t>;
template class Pyramid<std::uint64_t>;

} // namespace zonerank::rasters
