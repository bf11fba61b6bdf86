// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance_sums.hpp"

#include "tests/support/random_shapes.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

void halving(std::span<double> far) {
    for (double& d : far)
        d = std::exp2(-d / 10);
}

std::vector<Dot> some_dots(Random& random, int count) {
    std::vector<Dot> dots;
    for (int i = 0; i < count; ++i)
        dots.push_back({{random.in(-20, 70), random.in(-20, 60)}, random.in(0, 5)});
    return dots;
}

double brute_force(const std::vector<Dot>& dots, Point p, double limit) {
    double sum = 0;
    for (const Dot& dot : dots)
        if (const double d = std::hypot(dot.at.x - p.x, dot.at.y - p.y); d <= limit)
            sum += dot.weight * std::exp2(-d / 10);
    return sum;
}

} // namespace

TEST_CASE("sums of all within the limit, less the farther away") {
    Random random(4);
    const Grid grid = metre_grid(50, 40);
    for (const double limit : {0.5, 7.0, 25.0, 300.0}) {
        const std::vector<Dot> dots = some_dots(random, 300);
        const DistanceSums sums(dots, halving, limit);
        const Tile all = sums.sums(grid, grid.window());
        for (int row = 0; row < grid.rows; ++row)
            for (int col = 0; col < grid.cols; ++col) {
                const Point p = grid.centre({col, row});
                REQUIRE(static_cast<double>(all[{col, row}]) == doctest::Approx(brute_force(dots, p, limit)));
                REQUIRE(static_cast<float>(sums.at(p)) == all[{col, row}]);
            }
    }
}

TEST_CASE("a dot at exactly the limit counts, an empty set is 0 everywhere") {
    const Grid grid = metre_grid(5, 1);
    const DistanceSums one(
        {{{0.5, 0.5}, 8}}, [](std::span<double> far) { std::ranges::fill(far, 1.0); }, 2);
    const Tile sums = one.sums(grid, grid.window());
    CHECK(std::ranges::equal(sums.values(), std::vector<float>{8, 8, 8, 0, 0}));
    const Tile none = DistanceSums({}, halving, 2).sums(grid, grid.window());
    CHECK(std::ranges::count(none.values(), 0.0F) == 5);
}

TEST_CASE("the same bits in whatever window") {
    Random random(5);
    const Grid grid = metre_grid(50, 40);
    const DistanceSums sums(some_dots(random, 500), halving, 12);
    const Tile all = sums.sums(grid, grid.window());
    for (const Window& window : tiles(grid.window(), 7)) {
        const Tile part = sums.sums(grid, window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col)
                REQUIRE(part[{col, row}] == all[{col, row}]);
    }
}
