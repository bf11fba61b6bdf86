// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/start_seams.hpp"

#include "rasters/travel/line_pieces.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace zonerank::rasters {

static std::int64_t number(const Grid& grid, int col, int row) {
    return std::int64_t{row} * grid.cols + col;
}

/// Whether others start in the cells around; `cells` holds the numbers of all, in order.
static bool has_neighbours(const Grid& grid, Cell c, std::span<const std::int64_t> cells) {
    for (int row = c.row - 1; row <= c.row + 1; ++row) {
        const std::int64_t first = number(grid, std::max(c.col - 1, 0), row), own = number(grid, c.col, c.row);
        const std::int64_t last = number(grid, std::min(c.col + 1, grid.cols - 1), row);
        for (auto i = std::ranges::lower_bound(cells, first); i != cells.end() && *i <= last; ++i)
            if (*i != own)
                return true;
    }
    return false;
}

StartSeams::StartSeams(const Grid& grid, const Tiling& tiling, std::span<const TravelStart> starts, int cells)
    : m_tiling(tiling), m_near(tiling.size()) {
    if (cells < 1)
        return;
    std::vector<std::int64_t> numbers;
    for (const TravelStart& s : starts)
        numbers.push_back(number(grid, s.cell.col, s.cell.row));
    std::ranges::sort(numbers);
    for (const TravelStart& s : starts)
        if (!has_neighbours(grid, s.cell, numbers))
            m_places.push_back({s.cell, LinePieces::in_cells(grid, s.at)});
    std::ranges::sort(m_places, {}, [](const Place& p) { return std::tuple(p.cell.row, p.cell.col, p.at.y, p.at.x); });
    for (std::size_t i = 0; i < m_places.size(); ++i)
        tiling.each(Window{m_places[i].cell.col, m_places[i].cell.row, 1, 1}.grown(reach + TileLayout::halo),
                    [&](std::size_t tile) { m_near[tile].push_back(static_cast<std::uint32_t>(i)); });
}

// The number of the nearest place's cell, as the first of its places; -1 where none is
// within reach, -2 where two are as near.
Raster<std::int32_t> StartSeams::nearest(const Window& w, std::span<const std::uint32_t> starts) const {
    Raster<std::int32_t> which(w, -1);
    Raster<double> least(w, double{reach} * reach);
    std::uint32_t first = starts.front();
    for (const std::uint32_t i : starts) {
        const auto& [cell, at] = m_places[i];
        first = m_places[first].cell == cell ? first : i;
        const Window disc = intersection(w, Window{cell.col, cell.row, 1, 1}.grown(reach));
        for (int row = disc.row; row < disc.row + disc.rows; ++row)
            for (int col = disc.col; col < disc.col + disc.cols; ++col) {
                const double dx = col + 0.5 - at.x, dy = row + 0.5 - at.y, squared = dx * dx + dy * dy;
                if (squared < least[{col, row}]) {
                    least[{col, row}] = squared;
                    which[{col, row}] = static_cast<std::int32_t>(first);
                } else if (squared == least[{col, row}] && which[{col, row}] != static_cast<std::int32_t>(first)) {
                    which[{col, row}] = -2;
                }
            }
    }
    return which;
}

StartSeams::Bits StartSeams::of(std::size_t tile) const {
    if (m_near[tile].size() < 2)
        return {};
    const Window w = m_tiling.window(tile), around = w.grown(TileLayout::halo);
    const Raster<std::int32_t> which = nearest(around, m_near[tile]);
    Bits bits(2 * words);
    bool any = false;
    const auto mark = [&](Cell c, Cell next, std::size_t side) {
        if (!around.contains(next) || which[c] == -1 || which[next] == -1 || which[c] == which[next])
            return;
        const std::uint32_t i = TileLayout::at(c.col - w.col, c.row - w.row);
        bits[side + i / 64] |= std::uint64_t{1} << (i % 64);
        any = true;
    };
    for (int row = around.row; row < around.row + around.rows; ++row)
        for (int col = around.col; col < around.col + around.cols; ++col) {
            mark({col, row}, {col + 1, row}, 0);
            mark({col, row}, {col, row + 1}, words);
        }
    return any ? bits : Bits();
}

} // namespace zonerank::rasters
