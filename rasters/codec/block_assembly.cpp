// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_assembly.hpp"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace zonerank::rasters {

template <typename T>
BlockAssembly<T>::BlockAssembly(int cols, int rows, Finished finished)
    : m_window{0, 0, cols, rows}, m_finished(std::move(finished)) {}

template <typename T>
Window BlockAssembly<T>::of(BlockIndex index) const {
    return intersection({index.col * block_side, index.row * block_side, block_side, block_side}, m_window);
}

template <typename T>
typename BlockAssembly<T>::Partial& BlockAssembly<T>::partial(BlockIndex index) {
    const std::scoped_lock lock(m_mutex);
    std::unique_ptr<Partial>& found = m_partials[index.key()];
    if (!found)
        found = std::make_unique<Partial>(index);
    return *found;
}

template <typename T>
std::unique_ptr<typename BlockAssembly<T>::Partial> BlockAssembly<T>::taken(BlockIndex index) {
    const std::scoped_lock lock(m_mutex);
    return std::move(m_partials.extract(index.key()).mapped());
}

template <typename T>
static void copy_cells(const Raster<T>& tile, const Window& part, T* block) {
    for (int row = part.row; row < part.row + part.rows; ++row)
        std::copy_n(&tile[{part.col, row}], part.cols,
                    block + (row % block_side) * std::ptrdiff_t{block_side} + part.col % block_side);
}

template <typename T>
void BlockAssembly<T>::add(BlockIndex index, const Raster<T>& tile) {
    const Window block = of(index), part = intersection(block, tile.window());
    if (part.size() == static_cast<long long>(block_cells))
        return m_finished(index, {&tile[{part.col, part.row}], tile.window().cols});
    Partial& known = partial(index);
    copy_cells(tile, part, known.cells.data());
    const long long written = known.written += part.size();
    assert(written <= block.size());
    if (written == block.size())
        m_finished(index, {taken(index)->cells.data()});
}

template <typename T>
void BlockAssembly<T>::write(const Raster<T>& tile) {
    const Window inside = intersection(tile.window(), m_window);
    if (inside.empty())
        return;
    for (int row = inside.row / block_side; row <= (inside.row + inside.rows - 1) / block_side; ++row)
        for (int col = inside.col / block_side; col <= (inside.col + inside.cols - 1) / block_side; ++col)
            add({col, row}, tile);
}

template <typename T>
void BlockAssembly<T>::close() {
    for (const auto& [key, partial] : std::exchange(m_partials, {}))
        m_finished(partial->index, {partial->cells.data()});
}

template class BlockAssembly<float>;
template class BlockAssembly<std::uint8_t>;
template class BlockAssembly<std::uint16_t>;
template class BlockAssembly<std::uint64_t>;

} // namespace zonerank::rasters
