// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/packed_index.hpp"

#include <numbers>
#include <vector>

namespace zonerank::rasters {

struct Dot {
    Point at;
    double weight;
};

/// How the weight of a dot counts at a distance d within the radius r.
enum class Falloff {
    none,    ///< all of it
    quartic, ///< (1 - d^2/r^2)^2 of it
};

/// The ground around a place.
struct Circle {
    double radius; ///< metres, above 0
    double slack;  ///< metres that a distance may be off: far more than rounding, far less than anyone can see

    double squared() const { return radius * radius; }
    double km2() const { return std::numbers::pi * squared() * 1e-6; }
};

/// From a block's middle to its outermost centres, metres.
double half_diagonal(const Grid& grid, const Window& block);

/// Points with weights, along a Hilbert curve, and sums of those near each cell.
/// Blocks of cells, counted from the CRS's origin, are cut by halves. What is in the
/// discs around all cells of a block is summed once: with a quartic falloff the sum is
/// a polynomial in the cell's place, of which the coefficients are summed (as in Chan
/// and others 2022, SLAM). Hence a sum is that of a plain loop, but for 1e-11 of
/// the weights' magnitudes, and the same in whatever window it is asked in.
/// Immutable, so safe to ask from any thread.
class Dots {
public:
    explicit Dots(const std::vector<Dot>& dots);

    /// Sums of the dots in the circle around each cell's centre, times `factor`.
    Tile sums(const Grid& grid, Window window, const Circle& circle, Falloff falloff, double factor) const;

    /// Calls visit(dot) for at least those within `reach` of p.
    template <typename Visit>
    void near(Point p, double reach, Visit&& visit) const {
        const auto passes = [&](const Box& b) {
            const double ex = std::max({b.xmin - p.x, p.x - b.xmax, 0.0}),
                         ey = std::max({b.ymin - p.y, p.y - b.ymax, 0.0});
            return ex * ex + ey * ey <= reach * reach;
        };
        m_tree.select(passes, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i)
                visit(m_dots[i]);
        });
    }

private:
    std::vector<Dot> m_dots;
    PackedIndex m_tree;
};

} // namespace zonerank::rasters
