// SPDX-License-Identifier: Apache-2.0
#include "rasters/placement.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace zonerank::rasters {

namespace {

constexpr int side = 32; // of a block, cells
constexpr double precision = 1e-6;

constexpr std::array<double, 4> nodes{0, 1.0 / 3, 2.0 / 3, 1};
constexpr std::array<Point, 5> probes{Point{0.5, 0.5}, {0.125, 0.125}, {0.875, 0.125}, {0.125, 0.875}, {0.875, 0.875}};
constexpr std::size_t node_count = nodes.size() * nodes.size(), exact_count = node_count + probes.size();

using Weights = std::array<double, 4>;

// Lagrange's polynomials on the nodes.
constexpr Weights lagrange(double t) {
    Weights weights{1, 1, 1, 1};
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j)
            if (i != j)
                weights[i] *= (t - nodes[j]) / (nodes[i] - nodes[j]);
    return weights;
}

Point weighted(const Weights& w, Point a, Point b, Point c, Point d) {
    return {w[0] * a.x + w[1] * b.x + w[2] * c.x + w[3] * d.x, w[0] * a.y + w[1] * b.y + w[2] * c.y + w[3] * d.y};
}

// The polynomial of a block along one row of it, by its four columns of nodes.
std::array<Point, 4> along_row(std::span<const Point> at, const Weights& down) {
    std::array<Point, 4> columns;
    for (std::size_t c = 0; c < 4; ++c)
        columns[c] = weighted(down, at[c], at[4 + c], at[8 + c], at[12 + c]);
    return columns;
}

Point at_column(const std::array<Point, 4>& row, const Weights& across) {
    return weighted(across, row[0], row[1], row[2], row[3]);
}

// Whether the polynomial through the nodes meets the probes behind them.
bool smooth(std::span<const Point> exact) {
    for (std::size_t i = 0; i < probes.size(); ++i) {
        const Point p = at_column(along_row(exact, lagrange(probes[i].y)), lagrange(probes[i].x));
        const Point q = exact[node_count + i];
        if (!(std::abs(p.x - q.x) <= precision && std::abs(p.y - q.y) <= precision)) // NaN is not smooth
            return false;
    }
    return true;
}

// |v| < 2^27 keeps all its digits.
ZONERANK_INLINE inline double snapped(double v) {
    constexpr double shift = 1.5 * (std::int64_t{1} << 28), most = 1 << 27;
    return v > -most && v < most ? (v + shift) - shift : v;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && a < 0 ? 1 : 0);
}

// Cells or corners in a row, counted from the grid's anchor, cut into blocks.
struct Run {
    std::int64_t first = 0;
    int count = 0;

    std::int64_t first_block() const { return floor_div(first, side); }
    int blocks() const { return static_cast<int>(floor_div(first + count - 1, side) - first_block() + 1); }
    std::int64_t start_of(int block) const { return (first_block() + block) * side; }
    // Of this run, those in a block.
    int from(int block) const { return static_cast<int>(std::max<std::int64_t>(start_of(block) - first, 0)); }
    int to(int block) const { return static_cast<int>(std::min<std::int64_t>(start_of(block) + side - first, count)); }
};

std::array<Weights, side> weights_within(double offset) {
    std::array<Weights, side> weights{};
    for (int i = 0; i < side; ++i)
        weights[static_cast<std::size_t>(i)] = lagrange((i + offset) / side);
    return weights;
}

} // namespace

Placement::Placement(const Grid& grid, const Mosaic& mosaic)
    : m_grid(grid), m_transform(parse_crs(grid.crs), mosaic.crs()), m_inverse(inverted(mosaic.transform())) {
    if (!mosaic.crs().geographic)
        return;
    // Counted from the middle of the grid no cell is torn apart at the
    // antimeridian. A raster that does not go around is met in the turn of the
    // globe in which it lies.
    const double middle = m_transform(grid.box().centre()).x, raster = mosaic.box().centre().x;
    m_middle = std::isfinite(middle) ? middle : raster;
    if (mosaic.period() == 0)
        m_turn = 360 * std::round((raster - *m_middle) / 360);
}

// From a grid's cells to coordinates.
static PixelTransform transform_of(const Grid& grid) {
    return {grid.edge_x(0), grid.cell, 0, grid.edge_y(0), 0, -grid.cell};
}

Placement::Placement(const Grid& grid, const Grid& pixels)
    : m_grid(grid), m_transform(parse_crs(grid.crs), parse_crs(pixels.crs)), m_inverse(inverted(transform_of(pixels))) {
}

void Placement::place(std::vector<Point>& cells) const {
    vectorised([&]() ZONERANK_INLINE {
        const Point anchor = m_grid.anchor;
        const double cell = m_grid.cell;
        for (Point *p = cells.data(), *end = p + cells.size(); p < end; ++p)
            *p = {anchor.x + p->x * cell, anchor.y - p->y * cell};
    });
    m_transform.apply(cells);
    if (m_middle)
        for (Point& p : cells)
            p.x = *m_middle + std::remainder(p.x - *m_middle, 360.0) + m_turn;
    vectorised([&]() ZONERANK_INLINE {
        const PixelTransform t = m_inverse;
        for (Point *p = cells.data(), *end = p + cells.size(); p < end; ++p)
            *p = {t[0] + p->x * t[1] + p->y * t[2], t[3] + p->x * t[4] + p->y * t[5]};
    });
}

namespace {

// Of each block that the runs touch, its nodes and probes, in cells.
std::vector<Point> points_of_blocks(const Run& across, const Run& down) {
    std::vector<Point> points;
    for (int r = 0; r < down.blocks(); ++r)
        for (int c = 0; c < across.blocks(); ++c) {
            const Point corner{static_cast<double>(across.start_of(c)), static_cast<double>(down.start_of(r))};
            for (const double y : nodes)
                for (const double x : nodes)
                    points.push_back({corner.x + x * side, corner.y + y * side});
            for (const Point p : probes)
                points.push_back({corner.x + p.x * side, corner.y + p.y * side});
        }
    return points;
}

// The places of one block that belong to the window, and where they go.
struct Part {
    const Run& across;
    const Run& down;
    int block_col = 0, block_row = 0;

    template <typename Visit>
    void for_each_row(Visit&& visit) const {
        for (int row = down.from(block_row); row < down.to(block_row); ++row)
            visit(static_cast<std::size_t>(down.first + row - down.start_of(block_row)),
                  static_cast<std::size_t>(row) * static_cast<std::size_t>(across.count));
    }
    template <typename Visit>
    void for_each_col(Visit&& visit) const {
        for (int col = across.from(block_col); col < across.to(block_col); ++col)
            visit(static_cast<std::size_t>(across.first + col - across.start_of(block_col)),
                  static_cast<std::size_t>(col));
    }
};

// Either replaces the numbers of cells by places, or notes which are left.
class Filler {
public:
    Filler(std::vector<Point>& places, double offset) : m_places(places), m_weights(weights_within(offset)) {}

    void fill(const Part& part, std::span<const Point> exact) {
        const bool polynomial = smooth(exact);
        part.for_each_row([&](std::size_t in_block, std::size_t row) {
            const std::array<Point, 4> along = along_row(exact, m_weights[in_block]);
            part.for_each_col([&](std::size_t i, std::size_t col) {
                if (polynomial)
                    m_places[row + col] = at_column(along, m_weights[i]);
                else
                    m_left.push_back(row + col);
            });
        });
    }

    const std::vector<std::size_t>& left() const { return m_left; }

private:
    std::vector<Point>& m_places;
    std::array<Weights, side> m_weights;
    std::vector<std::size_t> m_left;
};

std::vector<Point> numbers_of(const Run& across, const Run& down, double offset) {
    std::vector<Point> cells(static_cast<std::size_t>(across.count) * static_cast<std::size_t>(down.count));
    Point* cell = cells.data();
    for (int row = 0; row < down.count; ++row)
        for (int col = 0; col < across.count; ++col, ++cell)
            *cell = {static_cast<double>(across.first + col) + offset, static_cast<double>(down.first + row) + offset};
    return cells;
}

} // namespace

std::vector<Point> Placement::places(const Window& window, bool corners) const {
    const int more = corners ? 1 : 0;
    const double offset = corners ? 0 : 0.5;
    const Run across{m_grid.west + window.col, window.cols + more}, down{m_grid.north + window.row, window.rows + more};
    std::vector<Point> result = numbers_of(across, down, offset);
    if (m_transform.identity()) {
        place(result);
    } else {
        std::vector<Point> exact = points_of_blocks(across, down);
        place(exact);
        Filler filler(result, offset);
        std::span<const Point> rest(exact);
        for (int r = 0; r < down.blocks(); ++r)
            for (int c = 0; c < across.blocks(); ++c) {
                filler.fill({across, down, c, r}, rest.first(exact_count));
                rest = rest.subspan(exact_count);
            }
        std::vector<Point> one_by_one;
        for (const std::size_t i : filler.left())
            one_by_one.push_back(result[i]);
        place(one_by_one);
        for (std::size_t i = 0; i < one_by_one.size(); ++i)
            result[filler.left()[i]] = one_by_one[i];
    }
    vectorised([&]() ZONERANK_INLINE {
        for (Point *p = result.data(), *end = p + result.size(); p < end; ++p)
            *p = {snapped(p->x), snapped(p->y)};
    });
    return result;
}

// What is exact at two opposite corners is so between them: the way is linear, and
// along the axes where it is neither turned nor sheared.
std::optional<Cell> Placement::first_pixel(const Window& window) const {
    if (!m_transform.identity() || m_inverse[2] != 0 || m_inverse[4] != 0 || window.empty())
        return std::nullopt;
    const Point first = places({window.col, window.row, 1, 1}, true).front();
    const Cell last{window.col + window.cols, window.row + window.rows};
    const Point end = places({last.col - 1, last.row - 1, 1, 1}, true).back();
    const bool whole = std::floor(first.x) == first.x && std::floor(first.y) == first.y;
    if (!whole || !(std::abs(first.x) < 1e9 && std::abs(first.y) < 1e9) || end.x - first.x != window.cols ||
        end.y - first.y != window.rows)
        return std::nullopt;
    return Cell{static_cast<int>(first.x) - window.col, static_cast<int>(first.y) - window.row};
}

} // namespace zonerank::rasters
