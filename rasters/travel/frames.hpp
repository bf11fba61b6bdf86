// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/tile_layout.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <mutex>
#include <vector>

namespace zonerank::rasters {

/// The outermost TileLayout::halo cells of a window on each side, as numbers from 0.
struct FrameSlots {
    static constexpr int halo = TileLayout::halo;

    static std::size_t count(const Window& w) {
        return static_cast<std::size_t>(2 * halo) * static_cast<std::size_t>(w.cols + w.rows);
    }
    // Rows of the north, rows of the south, then the rest of the west and of the east.
    static std::size_t of(const Window& w, Cell c) {
        const int x = c.col - w.col, y = c.row - w.row, from_south = w.rows - 1 - y;
        if (y < halo)
            return static_cast<std::size_t>(y * w.cols + x);
        if (from_south < halo)
            return static_cast<std::size_t>((halo + from_south) * w.cols + x);
        const int column = x < halo ? x : halo + (w.cols - 1 - x);
        return static_cast<std::size_t>(2 * halo * (w.cols + y) + column);
    }
    /// Calls visit(Cell) for each.
    template <typename Visit>
    static void each(const Window& w, Visit&& visit) {
        const int side = std::min(halo, w.cols), end = std::min(halo, w.rows), rest = w.rows - 2 * halo;
        each_cell({w.col, w.row, w.cols, end}, visit);
        each_cell({w.col, w.row + halo, side, rest}, visit);
        each_cell({std::max(w.col + w.cols - halo, w.col), w.row + halo, side, rest}, visit);
        each_cell({w.col, std::max(w.row + w.rows - halo, w.row + halo), w.cols, std::min(halo, w.rows - halo)}, visit);
    }
    template <typename Visit>
    static void each_cell(const Window& w, Visit&& visit) {
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col)
                visit(Cell{col, row});
    }
};

/// What tiles show each other: their outermost TileLayout::halo cells on each side, of
/// which values only fall. So a tile can be solved while its neighbours are on disk, or
/// are being solved. T is float or an integer; the largest value means nothing yet.
/// Safe from several threads, for one tile by one at a time.
template <typename T>
class Frames {
public:
    static constexpr T nothing =
        std::numeric_limits<T>::has_infinity ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();

    explicit Frames(const Tiling& tiling) : m_tiling(tiling), m_frames(tiling.size()), m_mutexes(tiling.size()) {}

    /// Takes neighbours' values into the halo of a tile's block where they are less, and
    /// calls changed(cell in the block) for each.
    template <typename Changed>
    void take(std::size_t tile, T* block, Changed&& changed) {
        const Window w = m_tiling.window(tile), around = w.grown(TileLayout::halo);
        m_tiling.each(around, [&](std::size_t other) {
            if (other == tile)
                return;
            const Window o = m_tiling.window(other), shared = intersection(around, o);
            const std::scoped_lock lock(m_mutexes[other]);
            if (m_frames[other].empty())
                return;
            FrameSlots::each_cell(shared, [&](Cell c) {
                const T value = m_frames[other][FrameSlots::of(o, c)];
                T& mine = block[TileLayout::at(c.col - w.col, c.row - w.row)];
                if (value < mine) {
                    mine = value;
                    changed(TileLayout::at(c.col - w.col, c.row - w.row));
                }
            });
        });
    }

    /// Shows a tile's values, and calls fell(neighbour, value) for each neighbour that
    /// has something new to see, with the least of it.
    template <typename Fell>
    void show(std::size_t tile, const T* block, Fell&& fell) {
        const Window w = m_tiling.window(tile);
        std::array<T, 9> least;
        least.fill(nothing);
        {
            const std::scoped_lock lock(m_mutexes[tile]);
            m_frames[tile].resize(FrameSlots::count(w), nothing);
            FrameSlots::each(w, [&](Cell c) {
                T& shown = m_frames[tile][FrameSlots::of(w, c)];
                const T value = block[TileLayout::at(c.col - w.col, c.row - w.row)];
                if (value < shown) {
                    shown = value;
                    note(w, c, value, least);
                }
            });
        }
        for (std::size_t side = 0; side < least.size(); ++side)
            if (least[side] < nothing)
                m_tiling.each(cell_beyond(w, side), [&](std::size_t other) { fell(other, least[side]); });
    }

    /// Shows a cell near the border of a tile that is solved elsewhere; for one thread.
    void show(Cell cell, T value) {
        const std::size_t tile = m_tiling.of(cell);
        const Window w = m_tiling.window(tile);
        m_frames[tile].resize(FrameSlots::count(w), nothing);
        m_frames[tile][FrameSlots::of(w, cell)] = value;
    }

private:
    static constexpr int halo = TileLayout::halo;

    /// A cell beyond a side or a corner of a window; side = 3 * (row + 1) + col + 1.
    static Window cell_beyond(const Window& w, std::size_t side) {
        const int across = static_cast<int>(side) % 3, down = static_cast<int>(side) / 3;
        const int cols[] = {w.col - 1, w.col, w.col + w.cols}, rows[] = {w.row - 1, w.row, w.row + w.rows};
        return {cols[across], rows[down], 1, 1};
    }
    static void note(const Window& w, Cell c, T value, std::array<T, 9>& least) {
        const int x = c.col - w.col, y = c.row - w.row;
        const bool cols[] = {x < halo, true, x >= w.cols - halo}, rows[] = {y < halo, true, y >= w.rows - halo};
        for (std::size_t side = 0; side < least.size(); ++side)
            if (side != 4 && cols[side % 3] && rows[side / 3])
                least[side] = std::min(least[side], value);
    }

    const Tiling& m_tiling;
    std::vector<std::vector<T>> m_frames;
    std::vector<std::mutex> m_mutexes;
};

} // namespace zonerank::rasters
