// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/pyramid.hpp"

#include <algorithm>
#include <utility>

namespace zonerank::rasters {

std::vector<PyramidLevel> pyramid_levels(int cols, int rows) {
    std::vector<PyramidLevel> levels{{cols, rows}};
    while (levels.back().blocks() > 1)
        levels.push_back({(levels.back().cols + 1) / 2, (levels.back().rows + 1) / 2});
    return levels;
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
        found = std::make_unique<Partial>();
        found->missing = parts_of(m_levels[level - 1], index);
    }
    return *found;
}

template <typename T>
std::unique_ptr<typename Pyramid<T>::Partial> Pyramid<T>::done(std::size_t level, BlockIndex index) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partials[level].find(index.key());
    if (--found->second->missing > 0)
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

template class Pyramid<float>;
template class Pyramid<std::uint8_t>;
template class Pyramid<std::uint16_t>;
template class Pyramid<std::uint64_t>;

} // namespace zonerank::rasters
