// SPDX-License-Identifier: Apache-2.0
#include "rasters/density.hpp"

#include "rasters/core/error.hpp"
#include "rasters/dots.hpp"
#include "rasters/segment_index.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

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

private:
    double m_shift; ///< 3 * 2^51 times the multiple: what it swallows is what is rounded off
};

/// What both searches know.
struct Disc {
    double radius, slack; ///< metres; the slack is far more than rounding, far less than anyone can see

    double squared() const { return radius * radius; }
    double km2() const { return std::numbers::pi * squared() * 1e-6; }
};

// From a block's middle to its outermost centres.
double half_diagonal(const Grid& grid, const Window& block) {
    return std::hypot(block.cols - 1, block.rows - 1) / 2 * grid.cell;
}

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
    /// Weighted metres in the disc around a centre: between the two places where
    /// the endless line enters and leaves it, as far as those lie on the segment.
    double chord(Point centre, double squared_radius) const {
        const double px = centre.x - ray.ax, py = centre.y - ray.ay;
        const double foot = (px * ray.dx + py * ray.dy) * ray.inverse, cross = px * ray.dy - py * ray.dx;
        const double inside = squared_radius - cross * cross * ray.inverse;
        if (!(inside > 0))
            return 0;
        const double half = std::sqrt(inside * ray.inverse);
        return std::max(std::min(foot + half, 1.0) - std::max(foot - half, 0.0), 0.0) * length * weight;
    }
};

/// Goes through a block by halves down to the cell. What lies in all discs of a
/// block is added once, what lies in none is left out; only the rest is cut.
class LineSearch {
public:
    LineSearch(const Lines& lines, const Rounding& rounding, const Grid& grid, Disc disc, Tile& out)
        : m_lines(lines), m_rounding(rounding), m_grid(grid), m_disc(disc), m_out(out) {}

    void start(Window block) {
        const double reach = m_disc.radius + half_diagonal(m_grid, block) + m_disc.slack;
        m_left[0].clear();
        m_lines.near(m_grid.box(block).centre(), reach, [&](const Line& line) { m_left[0].emplace_back(line); });
        halve(block, 0, 0);
    }

    static constexpr int sides[] = {64, 32, 16, 8, 4, 2, 1}; ///< of blocks, in cells

private:
    void halve(Window block, std::size_t depth, double within);
    double part(Window block, const std::vector<Stretch>& from, std::vector<Stretch>& left) const;

    const Lines& m_lines;
    const Rounding& m_rounding;
    const Grid& m_grid;
    Disc m_disc;
    Tile& m_out;
    std::array<std::vector<Stretch>, std::size(sides)> m_left; ///< to be cut, at each depth
};

// Metres that lie in all discs of a block; `left` are those neither there nor beyond all.
double LineSearch::part(Window block, const std::vector<Stretch>& from, std::vector<Stretch>& left) const {
    const Point centre = m_grid.box(block).centre();
    const double half = half_diagonal(m_grid, block) + m_disc.slack;
    double within = 0;
    left.clear();
    for (const Stretch& s : from) {
        if (s.within(centre, m_disc.radius - half))
            within += m_rounding(s.length * s.weight);
        else if (!s.beyond(centre, m_disc.radius + half))
            left.push_back(s);
    }
    return within;
}

void LineSearch::halve(Window block, std::size_t depth, double within) {
    if (depth + 1 == std::size(sides)) {
        double metres = within;
        for (const Stretch& s : m_left[depth])
            metres += m_rounding(s.chord(m_grid.centre({block.col, block.row}), m_disc.squared()));
        m_out[{block.col, block.row}] = static_cast<float>(metres * 1e-3 / m_disc.km2());
        return;
    }
    for (const Window& quarter : tiles(block, sides[depth + 1]))
        halve(quarter, depth + 1, within + part(quarter, m_left[depth], m_left[depth + 1]));
}

double norm(Kernel kernel, const Disc& disc) {
    return kernel == Kernel::count ? 1 : (kernel == Kernel::quartic ? 3 : 1) / disc.km2();
}

} // namespace

struct DensityIndex::Index {
    Dots dots;
    Lines lines;
    Rounding rounding;
    double scale; ///< largest coordinate

    Disc disc(const Grid& grid, Window window, double radius) const;
};

Disc DensityIndex::Index::disc(const Grid& grid, Window window, double radius) const {
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
    const Disc disc = m_index->disc(grid, window, radius);
    const Falloff falloff = kernel == Kernel::quartic ? Falloff::quartic : Falloff::none;
    return m_index->dots.sums(grid, window, radius, falloff, norm(kernel, disc), disc.slack);
}

Tile DensityIndex::lines(const Grid& grid, Window window, double radius) const {
    Tile out(window);
    LineSearch search(m_index->lines, m_index->rounding, grid, m_index->disc(grid, window, radius), out);
    for (const Window& block : tiles(window, LineSearch::sides[0]))
        search.start(block);
    return out;
}

} // namespace zonerank::rasters
