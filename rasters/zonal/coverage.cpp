// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/coverage.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zonerank::rasters {

namespace {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

/// Coordinates are counted in 2^-30 of a cell from the grid's anchor, y to the
/// south. From there on everything is whole numbers: areas (2^-61 of a cell) add
/// up exactly, in any order, modulo 2^64.
constexpr int fine_bits = 30;
constexpr std::int64_t side = std::int64_t{1} << fine_bits;

struct Vertex {
    std::int64_t x, y;
};

} // namespace

static std::int64_t fine(double cells) {
    if (!(std::abs(cells) < 0x1p31))
        throw Error("coverage is counted up to 2^31 cells from the grid's origin, not at {:g}", cells);
    return std::llrint(cells * static_cast<double>(side));
}

static std::int64_t fine(std::int64_t cells) {
    return fine(static_cast<double>(cells)); // exact: below 2^31
}

static std::int64_t rounded_ratio(Wide numerator, std::int64_t denominator) {
    const Wide doubled = 2 * numerator + denominator; // both are positive
    return static_cast<std::int64_t>(doubled / (2 * static_cast<Wide>(denominator)));
}

namespace {

/// An edge from north to south, whatever the ring's direction: the polygons on
/// both sides of it get the same numbers.
struct Edge {
    Vertex a, b;
    std::int64_t sign; ///< 1 when the ring runs south along it

    Edge(Vertex from, Vertex to) : a(from), b(to), sign(1) {
        if (a.y > b.y) {
            std::swap(a, b);
            sign = -1;
        }
    }

    std::int64_t x_at(std::int64_t y) const {
        const std::int64_t across = b.x - a.x;
        const std::int64_t step = rounded_ratio(Wide{std::abs(across)} * (y - a.y), b.y - a.y);
        return a.x + (across < 0 ? -step : step);
    }
    /// Of an edge that is not vertical.
    std::int64_t y_at(std::int64_t x) const {
        return a.y + rounded_ratio(Wide{std::abs(x - a.x)} * (b.y - a.y), std::abs(b.x - a.x));
    }
};

/// Adds up what rings cover of a window. Each piece of an edge within one cell
/// covers the part of the cell to its east and, as high as the piece is, all
/// cells farther east; so a row's running sum gives the areas.
class Accumulator {
public:
    Accumulator(const Grid& grid, Window window)
        : m_window(window), m_west(fine(grid.west + window.col)), m_north(fine(grid.north + window.row)),
          m_changes(window) {}

    void add(const Edge& edge, std::int64_t sign);
    Raster<std::int32_t> fractions();

private:
    void add_row(int row, Vertex from, Vertex to, const Edge& edge, std::int64_t sign);
    void add_piece(int row, std::int64_t west, std::int64_t east, std::int64_t height);
    std::uint64_t& change(int row, int col) { return m_changes[{m_window.col + col, m_window.row + row}]; }

    Window m_window;
    std::int64_t m_west, m_north; ///< of the window
    Raster<std::uint64_t> m_changes;
};

void Accumulator::add(const Edge& edge, std::int64_t sign) {
    const std::int64_t top = std::max(edge.a.y - m_north, std::int64_t{0});
    const std::int64_t bottom = std::min(edge.b.y - m_north, m_window.rows * side);
    for (std::int64_t y = top; y < bottom;) {
        const std::int64_t row = y / side, end = std::min(bottom, (row + 1) * side);
        const std::int64_t from = m_north + y, to = m_north + end;
        add_row(static_cast<int>(row), {edge.x_at(from), from}, {edge.x_at(to), to}, edge, sign * edge.sign);
        y = end;
    }
}

// The edge's part within one row, taken from its western end to its eastern one.
void Accumulator::add_row(int row, Vertex from, Vertex to, const Edge& edge, std::int64_t sign) {
    if (from.x > to.x) {
        std::swap(from, to);
        sign = -sign;
    }
    if (from.x == to.x)
        return add_piece(row, from.x, from.x, sign * (to.y - from.y));
    const std::int64_t end = std::min(to.x, m_west + m_window.cols * side);
    while (from.x < end) {
        const std::int64_t line = from.x < m_west ? m_west : m_west + ((from.x - m_west) / side + 1) * side;
        const Vertex next = line < to.x ? Vertex{line, edge.y_at(line)} : to;
        add_piece(row, from.x, next.x, sign * (next.y - from.y));
        from = next;
    }
}

// `height` of an edge between two meridians that no column line parts, unless
// both are west of the window.
void Accumulator::add_piece(int row, std::int64_t west, std::int64_t east, std::int64_t height) {
    const std::uint64_t full = static_cast<std::uint64_t>(height) * (2 * side);
    if (west < m_west) {
        change(row, 0) += full;
        return;
    }
    const std::int64_t col = (west - m_west) / side;
    if (col >= m_window.cols)
        return;
    const std::int64_t start = m_west + col * side;
    const std::uint64_t part =
        static_cast<std::uint64_t>(height) * static_cast<std::uint64_t>(2 * side - (west - start) - (east - start));
    change(row, static_cast<int>(col)) += part;
    if (col + 1 < m_window.cols)
        change(row, static_cast<int>(col) + 1) += full - part;
}

// To the nearest 2^-24; halves to even, so that two polygons that share a cell
// between them still fill it.
std::int32_t fraction(std::uint64_t area) {
    constexpr int shift = 2 * fine_bits + 1 - coverage_bits;
    const auto signed_area = static_cast<std::int64_t>(area); // a hole that sticks out of its ring would be below 0
    const std::int64_t whole = std::clamp(signed_area, std::int64_t{0}, 2 * side * side);
    const std::int64_t units = whole >> shift, rest = whole - (units << shift), half = std::int64_t{1} << (shift - 1);
    return static_cast<std::int32_t>(units + (rest > half || (rest == half && units % 2 == 1)));
}

Raster<std::int32_t> Accumulator::fractions() {
    Raster<std::int32_t> result(m_window);
    for (int row = m_window.row; row < m_window.row + m_window.rows; ++row) {
        std::uint64_t area = 0;
        const auto changes = m_changes.row(row);
        std::transform(changes.begin(), changes.end(), result.row(row).begin(),
                       [&](std::uint64_t change) { return fraction(area += change); });
    }
    return result;
}

} // namespace

static std::vector<Vertex> vertices(const Path& ring, const Grid& grid) {
    std::vector<Vertex> result;
    result.reserve(ring.size());
    for (const Point p : ring)
        result.push_back({fine((p.x - grid.anchor.x) / grid.cell), fine((grid.anchor.y - p.y) / grid.cell)});
    return result;
}

// 1 when the ring runs south along its western side, else -1. Partial sums may
// overflow, the whole can't.
static std::int64_t direction(const std::vector<Vertex>& ring) {
    UnsignedWide twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Wide ax = ring[i].x - ring[0].x, ay = ring[i].y - ring[0].y;
        const Wide bx = ring[i + 1].x - ring[0].x, by = ring[i + 1].y - ring[0].y;
        twice += static_cast<UnsignedWide>(ax * by - bx * ay);
    }
    return static_cast<Wide>(twice) < 0 ? 1 : -1;
}

Raster<std::int32_t> coverage(const Shape& shape, const Grid& grid, Window window) {
    if (window.empty())
        return {};
    Accumulator sum(grid, window);
    const Box around = grid.box(window).grown(grid.cell);
    for (const Polygon& polygon : shape.polygons)
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            if (!bounds(polygon.rings[i]).intersects(around))
                continue;
            const std::vector<Vertex> ring = vertices(polygon.rings[i], grid);
            const std::int64_t sign = i == 0 ? direction(ring) : -direction(ring);
            for (std::size_t k = 0; k + 1 < ring.size(); ++k)
                sum.add(Edge(ring[k], ring[k + 1]), sign);
        }
    return sum.fractions();
}

} // namespace zonerank::rasters
