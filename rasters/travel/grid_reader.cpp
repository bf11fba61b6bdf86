// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/grid_reader.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::rasters {

// As RasterReader chooses.
static Method method_between(const Grid& from, const Grid& to) {
    constexpr double many_to_one = 1.5;
    return to.cell >= many_to_one * from.cell ? Method::average : Method::bilinear;
}

// Computed cells that are read at a time by one thread, to a side (doubles: 8 MB).
static int side_of_parts(const Grid& from, const Grid& to) {
    constexpr double most = 1024;
    return std::max(1, static_cast<int>(std::min(most * from.cell / to.cell, most)));
}

GridReader::GridReader(const Grid& from, const Grid& to, Method method)
    : m_method(method), m_extent(from.window()), m_placement(to, from), m_first(m_placement.first_pixel(to.window())),
      m_side(side_of_parts(from, to)) {}

GridReader::GridReader(const Grid& from, const Grid& to) : GridReader(from, to, method_between(from, to)) {}

GridReader GridReader::of_codes(const Grid& from, const Grid& to) {
    return {from, to, Method::nearest};
}

static void paste(const Tile& part, Tile& whole) {
    const Window& w = part.window();
    for (int row = w.row; row < w.row + w.rows; ++row)
        std::ranges::copy(part.row(row), &whole[{w.col, row}]);
}

static Raster<double> widened(const Tile& tile) {
    auto wide = Raster<double>::unset(tile.window());
    std::ranges::copy(tile.values(), wide.values().begin());
    return wide;
}

Tile GridReader::read_part(Window part, const Computed& computed) const {
    const std::vector<Point> places = m_placement.places(part, by_area(m_method));
    const Window cells = intersection(pixels_around(places), m_extent);
    if (cells.empty())
        return Tile(part, no_data);
    return resample(m_method, widened(computed(cells)), places, part, 0).values;
}

Tile GridReader::read(Window window, const Computed& computed) const {
    if (m_first) {
        Tile tile = computed({window.col + m_first->col, window.row + m_first->row, window.cols, window.rows});
        tile.place(window);
        return tile;
    }
    Tile tile = Tile::unset(window);
    if (!window.empty())
        each_tile(window, m_side, [&](const Window& part) { paste(read_part(part, computed), tile); });
    return tile;
}

} // namespace zonerank::rasters
