// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"

#include <cstddef>
#include <cstdint>

namespace zonerank::rasters {

/// How a tile of a solver lies in memory: rows of `stride` cells, the tile itself with
/// a margin around it. The next `halo` cells of the margin are copies of the
/// neighbours' cells, the rest is a barrier, so that no step leads out of the block.
/// The stride is a constant, so that neighbours are at constant offsets.
struct TileLayout {
    static constexpr int stride = 256, margin = 4, halo = 2;
    static constexpr int most_side = stride - 2 * margin;

    static std::uint32_t at(int x, int y) { return static_cast<std::uint32_t>((y + margin) * stride + x + margin); }
    static int x_of(std::uint32_t i) { return static_cast<int>(i % stride) - margin; }
    static int y_of(std::uint32_t i) { return static_cast<int>(i / stride) - margin; }
};

/// A grid cut into tiles of `side` cells (from 2 to TileLayout::most_side; fewer at the
/// east and south edge), numbered row by row.
class Tiling {
public:
    Tiling(const Grid& grid, int side)
        : m_window(grid.window()), m_side(side), m_across((grid.cols + side - 1) / side),
          m_down((grid.rows + side - 1) / side) {}

    std::size_t size() const { return static_cast<std::size_t>(m_across) * static_cast<std::size_t>(m_down); }
    int side() const { return m_side; }
    int across() const { return m_across; }           ///< tiles in a row
    const Window& window() const { return m_window; } ///< of the grid
    std::size_t cells() const {
        return static_cast<std::size_t>((m_side + 2 * TileLayout::margin) * TileLayout::stride);
    } ///< of a block

    Window window(std::size_t tile) const {
        const int across = static_cast<int>(tile) % m_across, down = static_cast<int>(tile) / m_across;
        return intersection({across * m_side, down * m_side, m_side, m_side}, m_window);
    }
    std::size_t of(Cell c) const {
        return static_cast<std::size_t>(c.row / m_side) * static_cast<std::size_t>(m_across) +
               static_cast<std::size_t>(c.col / m_side);
    }
    /// Calls visit(tile) for each tile that has cells in the window.
    template <typename Visit>
    void each(const Window& of, Visit&& visit) const {
        const Window w = intersection(of, m_window);
        if (w.empty())
            return;
        for (int row = w.row / m_side; row <= (w.row + w.rows - 1) / m_side; ++row)
            for (int col = w.col / m_side; col <= (w.col + w.cols - 1) / m_side; ++col)
                visit(static_cast<std::size_t>(row) * static_cast<std::size_t>(m_across) +
                      static_cast<std::size_t>(col));
    }

private:
    Window m_window;
    int m_side, m_across, m_down;
};

/// The side of blocks, of rows side by side, in which whole grids wait.
inline constexpr int waiting_side = 256;

/// Calls visit(values, first cell, cols) for each row of a window that lies in a block
/// of rows side by side.
template <typename Value, typename Visit>
void each_row_of_block(const Tiling& tiling, std::size_t tile, Value* block, const Window& of, Visit&& visit) {
    const Window w = tiling.window(tile), shared = intersection(w, of);
    for (int row = shared.row; row < shared.row + shared.rows; ++row)
        visit(block + (row - w.row) * tiling.side() + shared.col - w.col, Cell{shared.col, row}, shared.cols);
}

} // namespace zonerank::rasters
