// SPDX-License-Identifier: Apache-2.0
#include "layers/spread.hpp"

#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cstdint>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Dot;
using rasters::Grid;
using rasters::Raster;
using rasters::Shape;
using rasters::Tile;
using rasters::Window;

namespace {

/// Calls visit(part) for parts of a window that fit in memory, row by row.
template <typename Visit>
void each_part(const Window& window, int side, Visit&& visit) {
    if (!window.empty())
        rasters::each_tile(window, side, visit);
}

template <typename Visit>
void each_cell(const Window& window, Visit&& visit) {
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            visit(Cell{col, row});
}

double settled_in(const Raster<std::int32_t>& covered, const Tile& settled, const Window& square) {
    double sum = 0;
    each_cell(square,
              [&](Cell cell) { sum += static_cast<double>(covered[cell]) * static_cast<double>(settled[cell]); });
    return sum;
}

} // namespace

void Spread::add(const Shape& shape, double weight, std::vector<Dot>& dots) {
    if (!(rasters::area(shape) > 0) || !rasters::bounds(shape).intersects(m_squares.box()) || weight == 0)
        return;
    ++m_polygons;
    if (!m_settled)
        return add_evenly(shape, weight, dots);
    if (!add_settled(shape, weight, dots)) {
        ++m_unsettled;
        add_evenly(shape, weight, dots);
    }
}

// By the share of the polygons' area that lies in each square, wherever the squares end.
void Spread::add_evenly(const Shape& shape, double weight, std::vector<Dot>& dots) const {
    constexpr int side = 512;
    const double per_unit = weight * m_squares.cell * m_squares.cell / rasters::full_coverage / rasters::area(shape);
    each_part(intersection(m_squares.cover(rasters::bounds(shape)), m_squares.window()), side, [&](const Window& part) {
        const auto covered = rasters::coverage(shape, m_squares, part);
        each_cell(part, [&](Cell cell) {
            if (const std::int32_t share = covered[cell]; share > 0)
                dots.push_back({m_squares.centre(cell), share * per_unit});
        });
    });
}

bool Spread::add_settled(const Shape& shape, double weight, std::vector<Dot>& dots) const {
    constexpr int side = 512 / parts;
    std::vector<Dot> found;
    each_part(m_squares.cover(rasters::bounds(shape)), side,
              [&](const Window& part) { find_settled(shape, part, found); });
    double all = 0;
    for (const Dot& dot : found)
        all += dot.weight;
    for (const Dot& dot : found)
        if (m_squares.box().contains(dot.at))
            dots.push_back({dot.at, weight * (dot.weight / all)});
    return all > 0;
}

void Spread::find_settled(const Shape& shape, const Window& part, std::vector<Dot>& found) const {
    const auto split = [](const Window& w) {
        return Window{w.col * parts, w.row * parts, w.cols * parts, w.rows * parts};
    };
    const auto covered = rasters::coverage(shape, m_fine, split(part));
    if (std::ranges::all_of(covered.values(), [](std::int32_t share) { return share == 0; }))
        return;
    const Tile settled = m_settled(split(part));
    each_cell(part, [&](Cell cell) {
        if (const double amount = settled_in(covered, settled, split({cell.col, cell.row, 1, 1})); amount > 0)
            found.push_back({m_squares.centre(cell), amount});
    });
}

} // namespace zonerank::layers
