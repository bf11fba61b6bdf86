// SPDX-License-Identifier: Apache-2.0
#include "rasters/dots.hpp"

#include "rasters/core/lanes.hpp"

#include <array>
#include <cmath>

namespace zonerank::rasters {

namespace {

constexpr int lanes = 8;                                ///< cells of a row, added to at once
constexpr int sides[] = {512, 256, 128, 64, 32, 16, 8}; ///< of blocks, in cells
constexpr std::size_t depths = std::size(sides);

/// Sums over dots, from which the sum of their quartic weights follows at any place
/// that is in all their discs. With u the way from an origin to a dot, v that to the
/// place, in radii, and a = 1 - u.u, a dot's (1 - (u - v)^2)^2 is
/// (a - v.v + 2 u.v)^2 = (a - v.v)^2 + 4 (a - v.v) u.v + 4 (u.v)^2.
struct Moments {
    double w = 0, wa = 0, waa = 0, wx = 0, wy = 0, wax = 0, way = 0, wxx = 0, wxy = 0, wyy = 0;

    void add(double x, double y, double weight) {
        const double a = 1 - (x * x + y * y), x_weight = weight * x, y_weight = weight * y;
        w += weight;
        wa += weight * a;
        waa += weight * a * a;
        wx += x_weight;
        wy += y_weight;
        wax += x_weight * a;
        way += y_weight * a;
        wxx += x_weight * x;
        wxy += x_weight * y;
        wyy += y_weight * y;
    }
    template <typename V>
    ZONERANK_INLINE void at(const V& x, double y, V& sum) const {
        const V vv = x * x + y * y, along = (wax - vv * wx) * x + (way - vv * wy) * y;
        const V across = (wxx * x + 2 * wxy * y) * x + wyy * y * y;
        sum = waa - vv * (2 * wa - vv * w) + 4 * (along + across);
    }
};

/// Dots in columns.
struct Columns {
    std::vector<double> x, y, weight;
    std::size_t size = 0;

    void fit(std::size_t most) {
        for (auto* column : {&x, &y, &weight})
            column->resize(std::max(column->size(), most));
    }
    void push(const Dot& dot) {
        if (size == x.size())
            fit(std::max<std::size_t>(2 * size, 64));
        x[size] = dot.at.x, y[size] = dot.at.y, weight[size] = dot.weight;
        ++size;
    }
};

std::int64_t floor_to(std::int64_t n, int step) {
    return n - ((n % step) + step) % step;
}

/// Goes through a block by halves. Blocks go beyond the window where it cuts them,
/// for what is summed of a block must not depend on the window.
class DotSearch {
public:
    DotSearch(const Dots& dots, const Grid& grid, const Circle& circle, Falloff falloff, double factor, Tile& out)
        : m_dots(dots), m_grid(grid), m_circle(circle), m_falloff(falloff), m_factor(factor), m_out(out) {}

    void run();

private:
    std::size_t first_depth() const;
    void start(Window block, std::size_t depth);
    void halve(Window block, std::size_t depth, const Moments& within);
    Moments part(Window block, const Columns& from, const Moments& within, Columns& left) const;
    void finish(Window block, const Moments& within, const Columns& rest);
    void sum(const double* x, const double* y, const Moments& within, const Columns& rest, double* sums) const;

    const Dots& m_dots;
    const Grid& m_grid;
    Circle m_circle;
    Falloff m_falloff;
    double m_factor;
    Tile& m_out;
    Point m_origin{};                       ///< of the moments
    std::array<Columns, depths + 1> m_left; ///< that are in some discs of a block, maybe not in all
};

// Small enough that most of a disc is in the discs around all of a block's cells.
std::size_t DotSearch::first_depth() const {
    std::size_t depth = 0;
    while (sides[depth] > 32 && sides[depth] * m_grid.cell > 0.42 * m_circle.radius)
        ++depth;
    return depth;
}

void DotSearch::run() {
    const std::size_t depth = first_depth();
    const Window& w = m_out.window();
    const int side = sides[depth];
    const auto left = static_cast<int>(floor_to(m_grid.west + w.col, side) - m_grid.west);
    const auto top = static_cast<int>(floor_to(m_grid.north + w.row, side) - m_grid.north);
    for (int row = top; row < w.row + w.rows; row += side)
        for (int col = left; col < w.col + w.cols; col += side)
            start({col, row, side, side}, depth);
}

void DotSearch::start(Window block, std::size_t depth) {
    m_origin = m_grid.box(block).centre();
    Columns& near = m_left[depth];
    near.size = 0;
    m_dots.near(m_origin, m_circle.radius + half_diagonal(m_grid, block) + m_circle.slack,
                [&](const Dot& dot) { near.push(dot); });
    if (near.size > 0)
        halve(block, depth, {});
}

// Of `from`, adds to `within` what is well inside the discs around all cells of a block,
// keeps in `left` what may be in some. Near the rim a falloff is nearly 0: there the
// polynomial's terms would cancel each other.
Moments DotSearch::part(Window block, const Columns& from, const Moments& within, Columns& left) const {
    const Point centre = m_grid.box(block).centre();
    const double half = half_diagonal(m_grid, block), unit = 1 / m_circle.radius;
    const double inner = std::max(0.99 * (m_circle.radius - half), 0.0),
                 outer = m_circle.radius + half + m_circle.slack;
    Moments moments = within;
    left.fit(from.size);
    left.size = 0;
    for (std::size_t i = 0; i < from.size; ++i) {
        const double x = from.x[i], y = from.y[i], dx = x - centre.x, dy = y - centre.y, squared = dx * dx + dy * dy;
        if (squared < inner * inner) {
            moments.add((x - m_origin.x) * unit, (y - m_origin.y) * unit, from.weight[i]);
            continue;
        }
        left.x[left.size] = x, left.y[left.size] = y, left.weight[left.size] = from.weight[i];
        left.size += squared <= outer * outer;
    }
    return moments;
}

void DotSearch::halve(Window block, std::size_t depth, const Moments& parent) {
    if (intersection(block, m_out.window()).empty())
        return;
    Columns& left = m_left[depth + 1];
    const Moments within = part(block, m_left[depth], parent, left);
    if (depth + 1 == depths || left.size == 0)
        return finish(block, within, left);
    const int side = sides[depth + 1];
    for (int i = 0; i < 4; ++i)
        halve({block.col + i % 2 * side, block.row + i / 2 * side, side, side}, depth + 1, within);
}

void DotSearch::sum(const double* x, const double* y, const Moments& within, const Columns& rest, double* sums) const {
    const bool quartic = m_falloff == Falloff::quartic;
    const double limit = m_circle.squared(), unit = 1 / m_circle.radius;
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        for (std::size_t k = 0; k < lanes; k += width) {
            V east, sum[lanes] = {};
            load(east, x + k);
            for (std::size_t row = 0; row < lanes; ++row)
                if (quartic)
                    within.at<V>((east - m_origin.x) * unit, (y[row] - m_origin.y) * unit, sum[row]);
                else
                    sum[row] = V{} + within.w;
            for (std::size_t i = 0; i < rest.size; ++i) {
                const V dx = east - rest.x[i], across = dx * dx;
                const double weight = quartic ? rest.weight[i] : 0, flat = quartic ? 0 : rest.weight[i];
                for (std::size_t row = 0; row < lanes; ++row) {
                    const double dy = y[row] - rest.y[i];
                    const V squared = across + dy * dy, part = 1 - squared * (unit * unit);
                    sum[row] += squared <= limit ? weight * (part * part) + flat : V{};
                }
            }
            for (std::size_t row = 0; row < lanes; ++row)
                store(sum[row], sums + row * lanes + k);
        }
    });
}

void DotSearch::finish(Window block, const Moments& within, const Columns& rest) {
    const Window shown = intersection(block, m_out.window());
    for (int top = block.row; top < block.row + block.rows; top += lanes)
        for (int left = block.col; left < block.col + block.cols; left += lanes) {
            const Window cells = intersection({left, top, lanes, lanes}, shown);
            if (cells.empty())
                continue;
            double x[lanes], y[lanes], sums[lanes * lanes];
            for (int i = 0; i < lanes; ++i) {
                x[i] = m_grid.centre_x(left + i);
                y[i] = m_grid.centre_y(top + i);
            }
            sum(x, y, within, rest, sums);
            for (int row = cells.row; row < cells.row + cells.rows; ++row)
                for (int col = cells.col; col < cells.col + cells.cols; ++col)
                    m_out[{col, row}] = static_cast<float>(sums[(row - top) * lanes + col - left] * m_factor);
        }
}

} // namespace

double half_diagonal(const Grid& grid, const Window& block) {
    return std::hypot(block.cols - 1, block.rows - 1) / 2 * grid.cell;
}

Dots::Dots(const std::vector<Dot>& dots) {
    m_dots.reserve(dots.size());
    for (const std::uint32_t i : hilbert_order(dots.size(), [&](std::size_t k) { return dots[k].at; }))
        m_dots.push_back(dots[i]);
    m_tree = PackedIndex(m_dots.size(), [&](std::size_t i) {
        const Point p = m_dots[i].at;
        return Box{p.x, p.y, p.x, p.y};
    });
}

Tile Dots::sums(const Grid& grid, Window window, const Circle& circle, Falloff falloff, double factor) const {
    Tile out(window);
    DotSearch(*this, grid, circle, falloff, factor, out).run();
    return out;
}

} // namespace zonerank::rasters
