// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/line_pieces.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("pieces follow one another, each in its cell") {
    const Grid grid{"", 30, 1000, -4000, 50, 50, {7, 9}};
    LinePieces pieces(grid);
    Random random(2);
    int wrong = 0;
    for (int number = 0; number < 500; ++number) {
        const Point a = random.in(grid.box()), b = number % 10 == 0 ? a : random.in(grid.box().grown(100));
        double end = 0;
        pieces.each(a, b, [&](Cell c, double from, double to) {
            const double middle = (from + to) / 2;
            const Point p{a.x + middle * (b.x - a.x), a.y + middle * (b.y - a.y)};
            wrong += std::abs(from - end) > 1e-11 || !grid.box({c.col, c.row, 1, 1}).grown(1e-6).contains(p);
            end = to;
        });
        wrong += std::abs(end - 1) > 1e-11;
    }
    CHECK(wrong == 0);
}

TEST_CASE("along edges and through corners") {
    const Grid grid{"", 1, 0, -4, 4, 4, {}};
    LinePieces pieces(grid);
    std::vector<Cell> cells;
    const auto add = [&](Cell c, double, double) { cells.push_back(c); };
    pieces.each({0, 4}, {4, 0}, add);
    CHECK(cells == std::vector<Cell>{{0, 0}, {1, 1}, {2, 2}, {3, 3}});
    cells.clear();
    pieces.each({0.5, 2}, {2.5, 2}, add);
    CHECK(cells == std::vector<Cell>{{0, 2}, {1, 2}, {2, 2}});
    cells.clear();
    pieces.each({2, 0.5}, {2, 1.5}, add);
    CHECK(cells == std::vector<Cell>{{2, 3}, {2, 2}});
}
