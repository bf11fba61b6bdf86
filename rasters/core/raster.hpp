// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/buffers.hpp"
#include "rasters/core/grid.hpp"

#include <cassert>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// No measurement here. In memory NaN is the only no-data value there is.
inline constexpr float no_data = std::numeric_limits<float>::quiet_NaN();

/// The values of one window, row by row from the north-west. Moves freely; a
/// copy must be asked for with copy(), because it is megabytes.
template <typename T>
class Raster {
public:
    Raster() = default;
    explicit Raster(Window window, T value = {})
        : m_window(window), m_values(static_cast<std::size_t>(window.size()), value) {}
    /// To be written before it is read: its values are whatever they were.
    static Raster unset(Window window) {
        Raster raster;
        raster.m_window = window;
        raster.m_values.resize(static_cast<std::size_t>(window.size()));
        return raster;
    }

    Raster(Raster&&) noexcept = default;
    Raster& operator=(Raster&&) noexcept = default;
    Raster copy() const { return *this; }

    const Window& window() const { return m_window; }
    /// The same values under other cells: `window` is as large as its own.
    void place(Window window) {
        assert(window.cols == m_window.cols && window.rows == m_window.rows);
        m_window = window;
    }
    std::span<T> values() { return m_values; }
    std::span<const T> values() const { return m_values; }

    /// `row` is counted in the grid, as in Cell.
    std::span<T> row(int row) {
        return values().subspan(index({m_window.col, row}), static_cast<std::size_t>(m_window.cols));
    }
    std::span<const T> row(int row) const {
        return values().subspan(index({m_window.col, row}), static_cast<std::size_t>(m_window.cols));
    }

    /// Cells are named by their place in the grid, not in the window.
    T& operator[](Cell c) { return m_values[index(c)]; }
    const T& operator[](Cell c) const { return m_values[index(c)]; }

private:
    Raster(const Raster&) = default;

    std::size_t index(Cell c) const {
        assert(m_window.contains(c));
        return static_cast<std::size_t>(c.row - m_window.row) * static_cast<std::size_t>(m_window.cols) +
               static_cast<std::size_t>(c.col - m_window.col);
    }

    Window m_window;
    std::vector<T, BufferAllocator<T>> m_values;
};

/// What flows through the engine: one window of float measurements, values or scores.
using Tile = Raster<float>;

} // namespace zonerank::rasters
