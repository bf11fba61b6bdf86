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

std::int64_t key_of(BlockIndex index) {
    return (std::int64_t{index.row} << 32) | index.col;
}

/// How many blocks of the finer level lie under a block of a coarser one.
int parts_of(const PyramidLevel& finer, BlockIndex index) {
    return std::min(2, finer.blocks_across() - 2 * index.col) * std::min(2, finer.blocks_down() - 2 * index.row);
}

template <typename T>
T* quarter(BlockBuffer<T>& cells, int which) {
    return cells.data() + which / 2 * (half * std::ptrdiff_t{block_side}) + which % 2 * half;
}

template <typename T>
void clear_quarter(BlockBuffer<T>& cells, int which) {
    for (int row = 0; row < half; ++row)
        std::fill_n(quarter(cells, which) + row * std::ptrdiff_t{block_side}, half, memory_no_data<T>);
}

} // namespace

template <typename T>
Pyramid<T>::Pyramid(int cols, int rows, Halving how, Passed passed)
    : m_levels(pyramid_levels(cols, rows)), m_how(how), m_passed(std::move(passed)), m_partials(m_levels.size()) {}

template <typename T>
typename Pyramid<T>::Partial& Pyramid<T>::partial(std::size_t level, BlockIndex index, bool with_data) {
    const std::scoped_lock lock(m_mutex);
    std::unique_ptr<Partial>& found = m_partials[level][key_of(index)];
    if (!found) {
        found = std::make_unique<Partial>();
        found->missing = parts_of(m_levels[level - 1], index);
    }
    if (with_data && found->cells.empty())
        found->cells.resize(block_cells);
    return *found;
}

template <typename T>
std::unique_ptr<typename Pyramid<T>::Partial> Pyramid<T>::done(std::size_t level, BlockIndex index) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partials[level].find(key_of(index));
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
    Partial& waiting = partial(level, above, block != nullptr);
    if (block) {
        const int which = index.row % 2 * 2 + index.col % 2;
        halve(*block, m_how, quarter(waiting.cells, which));
        waiting.has[which] = true;
    }
    const std::unique_ptr<Partial> whole = done(level, above);
    if (!whole)
        return;
    if (whole->cells.empty())
        return pass(level, above, nullptr);
    for (int which = 0; which < 4; ++which)
        if (!whole->has[which])
            clear_quarter(whole->cells, which);
    const BlockView<T> view{whole->cells.data()};
    pass(level, above, &view);
}

template class Pyramid<float>;
template class Pyramid<std::uint8_t>;
template class Pyramid<std::uint16_t>;
template class Pyramid<std::uint64_t>;

} // namespace zonerank::rasters
