// SPDX-License-Identifier: Apache-2.0
#include "rasters/density.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/lanes.hpp"
#include "rasters/dots.hpp"
#include "rasters/segment_index.hpp"

#include <array>
#include <cassert>
#include <cmath>

namespace zonerank::rasters {

namespace {

struct Line {
    Segment segment;
    double weight; ///< of a metre
};

/// Lines along a Hilbert curve, with an index.
class Lines {
public:
    explicit Lines(const std::vector<Line>& given) {
        m_lines.reserve(given.size());
        for (const std::uint32_t i :
             hilbert_order(given.size(), [&](std::size_t k) { return given[k].segment.box().centre(); }))
            m_lines.push_back(given[i]);
        m_tree = PackedIndex(m_lines.size(), [&](std::size_t i) { return m_lines[i].segment.box(); });
    }

    /// Calls visit(line) for at least those within `reach` of p.
    template <typename Visit>
    void near(Point p, double reach, Visit&& visit) const {
        m_tree.select([&](const Box& box) { return squared_distance(box, p) <= reach * reach; },
                      [&](std::size_t first, std::size_t last) {
                          for (std::size_t i = first; i < last; ++i)
                              visit(m_lines[i]);
                      });
    }

private:
    std::vector<Line> m_lines;
    PackedIndex m_tree;
};

/// Rounds to multiples of a power of two so large that no sum of them rounds
/// again, and so small that nothing of weight is lost.
class Rounding {
public:
    explicit Rounding(double total) : m_shift(total > 0 ? 1.5 * std::exp2(std::ilogb(total) + 2) : 0) {}
    double operator()(double x) const { return (x + m_shift) - m_shift; }
    template <typename V>
    ZONERANK_INLINE void round(V& x) const {
        x = (x + m_shift) - m_shift;
    }

private:
    double m_shift; ///< 3 * 2^51 times the multiple: what it swallows is what is rounded off
};

/// A line on its way into ever smaller blocks.
struct Stretch {
    Ray ray;
    double length, weight;

    explicit Stretch(const Line& line)
        : ray(rasters::ray(line.segment)), length(std::hypot(ray.dx, ray.dy)), weight(line.weight) {}

    bool beyond(Point centre, double distance) const { return squared_distance(ray, centre) > distance * distance; }
    bool within(Point centre, double distance) const {
        const double px = centre.x - ray.ax, py = centre.y - ray.ay, qx = px - ray.dx, qy = py - ray.dy;
        return distance > 0 && std::max(px * px + py * py, qx * qx + qy * qy) < distance * distance;
    }
};

constexpr int lanes = 8; ///< cells of a row, measured at once

/// Goes through a block by halves. What lies in all discs of a
/// block is added once, what lies in none is left out; only the rest is cut.
class LineSearch {
public:
    LineSearch(const Lines& lines, const Rounding& rounding, const Grid& grid, const Circle& circle, Tile& out)
        : m_lines(lines), m_rounding(rounding), m_grid(grid), m_circle(circle), m_out(out) {}

    void start(Window block) {
        const double reach = m_circle.radius + half_diagonal(m_grid, block) + m_circle.slack;
        m_left[0].clear();
        m_lines.near(m_grid.box(block).centre(), reach, [&](const Line& line) { m_left[0].emplace_back(line); });
        halve(block, 0, 0);
    }

    static constexpr int sides[] = {64, 32, 16, lanes}; ///< of blocks, in cells

private:
    void halve(Window block, std::size_t depth, double within);
    void finish(Window block, double within, const std::vector<Stretch>& rest);
    void add_chords(const Stretch& s, const double (&x)[lanes], const double (&y)[lanes],
                    double (&metres)[lanes * lanes]) const;
    double part(Window block, const std::vector<Stretch>& from, std::vector<Stretch>& left) const;

    const Lines& m_lines;
    const Rounding& m_rounding;
    const Grid& m_grid;
    Circle m_circle;
    Tile& m_out;
    std::array<std::vector<Stretch>, std::size(sides)> m_left; ///< to be cut, at each depth
};

// Metres that lie in all discs of a block; `left` are those neither there nor beyond all.
double LineSearch::part(Window block, const std::vector<Stretch>& from, std::vector<Stretch>& left) const {
    const Point centre = m_grid.box(block).centre();
    const double half = half_diagonal(m_grid, block) + m_circle.slack;
    double within = 0;
    left.clear();
    for (const Stretch& s : from) {
        if (s.within(centre, m_circle.radius - half))
            within += m_rounding(s.length * s.weight);
        else if (!s.beyond(centre, m_circle.radius + half))
            left.push_back(s);
    }
    return within;
}

void LineSearch::halve(Window block, std::size_t depth, double within) {
    if (depth + 1 == std::size(sides))
        return finish(block, within, m_left[depth]);
    each_tile(block, sides[depth + 1], [&](const Window& quarter) {
        halve(quarter, depth + 1, within + part(quarter, m_left[depth], m_left[depth + 1]));
    });
}

// Weighted metres in the discs around 8 x 8 centres: between the two places where the
// endless line enters and leaves a disc, as far as those lie on the segment. Where it
// misses the disc, `half` is 0 and what is between nothing.
void LineSearch::add_chords(const Stretch& s, const double (&x)[lanes], const double (&y)[lanes],
                            double (&metres)[lanes * lanes]) const {
    const double dx = s.ray.dx, dy = s.ray.dy, inverse = s.ray.inverse, squared_radius = m_circle.squared();
    double foot[lanes * lanes], half[lanes * lanes];
    vectorised([&](auto width) ZONERANK_INLINE {
        using V = Lanes<width>;
        V zero, one;
        fill_unknown(zero, 0);
        fill_unknown(one, 1);
        for (std::size_t i = 0; i < lanes * lanes; i += width) {
            V east;
            load(east, x + i % lanes);
            const double py = y[i / lanes] - s.ray.ay;
            const V px = east - s.ray.ax, cross = px * dy - py * dx;
            const V inside = squared_radius - cross * cross * inverse, some = inside > zero ? inside : zero;
            store<V>((px * dx + py * dy) * inverse, foot + i);
            store<V>(some * inverse, half + i);
        }
        for (double& h : half)
            h = std::sqrt(h);
        for (std::size_t i = 0; i < lanes * lanes; i += width) {
            V at, by, sum;
            load(at, foot + i);
            load(by, half + i);
            load(sum, metres + i);
            V to = at + by, from = at - by;
            to = to < one ? to : one;
            from = from > zero ? from : zero;
            V share = to - from;
            share = share > zero ? share : zero;
            V length = share * s.length * s.weight;
            m_rounding.round(length);
            store<V>(sum + length, metres + i);
        }
    });
}

void LineSearch::finish(Window block, double within, const std::vector<Stretch>& rest) {
    double x[lanes], y[lanes], metres[lanes * lanes];
    for (int i = 0; i < lanes; ++i) {
        x[i] = m_grid.centre_x(block.col + i);
        y[i] = m_grid.centre_y(block.row + i);
    }
    std::fill(std::begin(metres), std::end(metres), within);
    for (const Stretch& s : rest)
        add_chords(s, x, y, metres);
    for (int row = 0; row < block.rows; ++row)
        for (int col = 0; col < block.cols; ++col)
            m_out[{block.col + col, block.row + row}] =
                static_cast<float>(metres[row * lanes + col] * 1e-3 / m_circle.km2());
}

double norm(Kernel kernel, const Circle& circle) {
    return kernel == Kernel::count ? 1 : (kernel == Kernel::quartic ? 3 : 1) / circle.km2();
}

} // namespace

struct DensityIndex::Index {
    Dots dots;
    Lines lines;
    Rounding rounding;
    double scale; ///< largest coordinate

    Circle circle(const Grid& grid, Window window, double radius) const;
};

Circle DensityIndex::Index::circle(const Grid& grid, Window window, double radius) const {
    if (!(radius > 0) || !std::isfinite(radius))
        throw Error("a density needs a radius above 0 m, not {:g}", radius);
    const Box box = grid.box(window);
    return {radius,
            1e-12 * (scale + radius +
                     std::max({std::abs(box.xmin), std::abs(box.xmax), std::abs(box.ymin), std::abs(box.ymax)}))};
}

static double weight_of(std::span<const double> weights, std::size_t shape) {
    const double weight = weights.empty() ? 1 : weights[shape];
    if (!(std::abs(weight) < 1e15))
        throw Error("feature {} has the weight {:g}; it must be a number below 1e15", shape + 1, weight);
    return weight;
}

static std::vector<Dot> dots_of(std::span<const Shape> shapes, std::span<const double> weights) {
    std::vector<Dot> dots;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        for (const Point p : shapes[i].points)
            dots.push_back({p, weight_of(weights, i)});
    return dots;
}

static std::vector<Line> lines_of(std::span<const Shape> shapes, std::span<const double> weights) {
    std::vector<Line> lines;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        for (const Path& path : shapes[i].lines)
            for (std::size_t k = 0; k + 1 < path.size(); ++k)
                lines.push_back({{path[k], path[k + 1]}, weight_of(weights, i)});
    return lines;
}

static double total_of(const std::vector<Line>& lines) {
    double total = 0;
    for (const Line& line : lines)
        total += Stretch(line).length * std::abs(line.weight);
    return total;
}

DensityIndex::DensityIndex(std::span<const Shape> shapes, std::span<const double> weights) {
    assert(weights.empty() || weights.size() == shapes.size());
    const std::vector<Dot> dots = dots_of(shapes, weights);
    const std::vector<Line> lines = lines_of(shapes, weights);
    double scale = 0;
    for (const Dot& dot : dots)
        scale = std::max(scale, require_place(dot.at));
    for (const Line& line : lines)
        scale = std::max({scale, require_place(line.segment.a), require_place(line.segment.b)});
    m_index = std::make_shared<const Index>(Index{Dots(dots), Lines(lines), Rounding(total_of(lines)), scale});
}

Tile DensityIndex::points(const Grid& grid, Window window, double radius, Kernel kernel) const {
    const Circle circle = m_index->circle(grid, window, radius);
    const Falloff falloff = kernel == Kernel::quartic ? Falloff::quartic : Falloff::none;
    return m_index->dots.sums(grid, window, circle, falloff, norm(kernel, circle));
}

Tile DensityIndex::lines(const Grid& grid, Window window, double radius) const {
    Tile out(window);
    LineSearch search(m_index->lines, m_index->rounding, grid, m_index->circle(grid, window, radius), out);
    each_tile(window, LineSearch::sides[0], [&](const Window& block) { search.start(block); });
    return out;
}

} // namespace zonerank::rasters
