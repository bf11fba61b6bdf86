// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance_sums.hpp"

#include "rasters/core/simd.hpp"

#include <cmath>
#include <utility>

namespace zonerank::rasters {

namespace {

/// Dots in columns, and room for what is found of them at a cell.
struct Near {
    std::vector<double> x, y, weight, far, counted;

    void clear() {
        x.clear();
        y.clear();
        weight.clear();
    }
    void add(const Dot& dot) {
        x.push_back(dot.at.x);
        y.push_back(dot.at.y);
        weight.push_back(dot.weight);
    }
    std::size_t within(Point p, double limit);
};

// Leaves the distances and weights of the dots within the limit in front.
std::size_t Near::within(Point p, double limit) {
    far.resize(x.size());
    counted.resize(x.size());
    vectorised([&]() ZONERANK_INLINE {
        const double *to_x = x.data(), *to_y = y.data();
        double* metres = far.data();
        for (std::size_t i = 0, n = x.size(); i < n; ++i) {
            const double dx = to_x[i] - p.x, dy = to_y[i] - p.y;
            metres[i] = std::sqrt(dx * dx + dy * dy);
        }
    });
    std::size_t found = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double metres = far[i];
        far[found] = metres;
        counted[found] = weight[i];
        found += metres <= limit;
    }
    return found;
}

} // namespace

DistanceSums::DistanceSums(const std::vector<Dot>& dots, Decay decay, double limit)
    : m_dots(std::make_shared<const Dots>(dots)), m_decay(std::move(decay)), m_limit(limit) {}

static constexpr double slack = 1 + 1e-12; // far more than rounding

// Of the dots that are near: they come in the same order, whoever else is.
static double sum_at(Point p, Near& near, const Decay& decay, double limit) {
    const std::size_t found = near.within(p, limit);
    decay(std::span(near.far.data(), found));
    double sum = 0;
    for (std::size_t i = 0; i < found; ++i)
        sum += near.far[i] * near.counted[i];
    return sum;
}

double DistanceSums::at(Point p) const {
    Near near;
    m_dots->near(p, m_limit * slack, [&](const Dot& dot) { near.add(dot); });
    return sum_at(p, near, m_decay, m_limit);
}

Tile DistanceSums::sums(const Grid& grid, Window window) const {
    constexpr int side = 16; // of blocks whose dots are looked up together
    Tile out(window);
    Near near;
    each_tile(window, side, [&](const Window& block) {
        near.clear();
        m_dots->near(grid.box(block).centre(), (m_limit + half_diagonal(grid, block)) * slack,
                     [&](const Dot& dot) { near.add(dot); });
        for (int row = block.row; row < block.row + block.rows; ++row)
            for (int col = block.col; col < block.col + block.cols; ++col)
                out[{col, row}] = static_cast<float>(sum_at(grid.centre({col, row}), near, m_decay, m_limit));
    });
    return out;
}

} // namespace zonerank::rasters
