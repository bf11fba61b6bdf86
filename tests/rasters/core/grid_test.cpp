// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/grid.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("windows") {
    const Window w{-2, 3, 4, 5};
    CHECK(w.size() == 20);
    CHECK(!w.empty());
    CHECK(Window{}.empty());
    CHECK(Window{0, 0, 3, 0}.empty());
    CHECK(w.contains({-2, 3}));
    CHECK(w.contains({1, 7}));
    CHECK(!w.contains({2, 7}));
    CHECK(!w.contains({1, 8}));
    CHECK(!w.contains({-3, 3}));
    CHECK(w.grown(2) == Window{-4, 1, 8, 9});
    CHECK(w.grown(2).grown(-2) == w);
    CHECK(Window{0, 0, 100'000, 100'000}.size() == 10'000'000'000);
}

TEST_CASE("windows meet in a window") {
    const Window a{0, 0, 10, 10};
    CHECK(intersection(a, {5, 7, 10, 10}) == Window{5, 7, 5, 3});
    CHECK(intersection(a, {-5, -5, 30, 7}) == Window{0, 0, 10, 2});
    CHECK(intersection(a, a) == a);
    CHECK(intersection(a, {10, 0, 5, 5}).empty()); // touching is not meeting
    CHECK(intersection(a, {0, -3, 5, 3}).empty());
    CHECK(intersection(a, {}).empty());
}

TEST_CASE("a grid snaps outward to whole cells") {
    const Grid grid = grid_over({101, 205, 329, 391}, 100, "crs");
    CHECK(grid.west == 1);
    CHECK(grid.north == -4);
    CHECK(grid.cols == 3);
    CHECK(grid.rows == 2);
    CHECK(grid.box() == Box{100, 200, 400, 400});
    CHECK(grid.crs == "crs");
    CHECK(grid.centre({0, 0}) == Point{150, 350});
    CHECK(grid.edge_x(3) == 400);
    CHECK(grid.edge_y(2) == 200);
    CHECK(grid.edge_y(-1) == 500);
    CHECK(grid.box({1, 1, 1, 1}) == Box{200, 200, 300, 300});
    CHECK(grid_over({100, 200, 400, 400}, 100, "").window() == Window{0, 0, 3, 2}); // exact edges stay
    CHECK(grid_over({100 - 1e-8, 200, 400 + 1e-8, 400}, 100, "").cols == 3);        // so does rounding
    CHECK(grid_over({100 - 1e-3, 200, 400, 400}, 100, "").cols == 4);               // not ground
    CHECK(grid_over({150, 150, 150, 150}, 100, "").window() == Window{0, 0, 1, 1}); // a point has a cell
    CHECK(grid_over({100, 200, 400, 400}, 100, "", {30, 40}).box() == Box{30, 140, 430, 440});
}

TEST_CASE("a grid that can't be is an error") {
    CHECK_THROWS_AS(grid_over({}, 100, ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1, 1}, 0, ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1, 1}, -5, ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1, 1}, std::numeric_limits<double>::infinity(), ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1, 1}, std::numeric_limits<double>::quiet_NaN(), ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1e7, 1e7}, 1e-3, ""), Error);
    CHECK_THROWS_AS(grid_over({0, 0, 1e300, 1}, 1, ""), Error);
}

TEST_CASE("neighbouring grids share their cells to the last bit") {
    const Grid a = grid_over({500'003.7, 3'600'001.3, 517'000, 3'611'000}, 0.1, "");
    const Grid b = grid_over({512'345.6, 3'590'000, 530'000, 3'605'000.05}, 0.1, "");
    const int shift = static_cast<int>(b.west - a.west), drop = static_cast<int>(b.north - a.north);
    for (int i = 0; i < 1000; ++i) {
        CHECK(a.edge_x(shift + i) == b.edge_x(i));
        CHECK(a.centre_x(shift + i) == b.centre_x(i));
        CHECK(a.edge_y(drop + i) == b.edge_y(i));
        CHECK(a.centre_y(drop + i) == b.centre_y(i));
    }
}

TEST_CASE("the smallest window over a box") {
    const Grid grid = grid_over({0, 0, 1000, 1000}, 100, "");
    CHECK(grid.cover({250, 250, 251, 251}) == Window{2, 7, 1, 1});
    CHECK(grid.cover({200, 200, 300, 300}) == Window{2, 7, 1, 1});
    CHECK(grid.cover({-150, 950, 50, 1250}) == Window{-2, -3, 3, 4});
    CHECK(grid.cover({200, 200, 200, 200}).size() == 1); // a point has a cell
    CHECK(grid.cover({}).empty());
    CHECK(grid.cover(grid.box()) == grid.window());
    CHECK_THROWS_AS(grid.cover({0, 0, 1e14, 1}), Error);
    CHECK_THROWS_AS(grid.cover({0, 0, std::numeric_limits<double>::infinity(), 1}), Error);
}

TEST_CASE("a finer and a coarser grid over the same ground") {
    const Grid grid{"crs", 100, -7, 13, 6, 5, {30, 40}};
    const Grid fine = refined(grid, 4);
    CHECK(fine.cell == 25);
    CHECK(fine.box() == grid.box());
    CHECK(fine.cols == 24);
    CHECK(fine.rows == 20);
    CHECK(coarsened(fine, 4) == grid);
    for (const int factor : {2, 3, 8}) {
        const Grid coarse = coarsened(grid, factor);
        CHECK(coarse.cell == 100 * factor);
        CHECK(coarse.anchor == grid.anchor);
        const Box inside = grid.box(), outside = coarse.box();
        CHECK(outside.xmin <= inside.xmin);
        CHECK(outside.ymin <= inside.ymin);
        CHECK(outside.xmax >= inside.xmax);
        CHECK(outside.ymax >= inside.ymax);
        CHECK(outside.width() - inside.width() < 2 * coarse.cell);
        CHECK(outside.height() - inside.height() < 2 * coarse.cell);
    }
    CHECK_THROWS_AS(refined(Grid{"", 1, 0, 0, 1'000'000, 1, {}}, 1024), Error);
}

TEST_CASE("tiles cover a window once, in reading order") {
    const Window window{-3, 5, 23, 17};
    for (const int side : {1, 5, 17, 100}) {
        CAPTURE(side);
        std::vector<int> seen(static_cast<std::size_t>(window.size()));
        Cell last{-1'000'000, -1'000'000};
        for (const Window& tile : tiles(window, side)) {
            CHECK(tile.cols <= side);
            CHECK(tile.rows <= side);
            CHECK((tile.row > last.row || (tile.row == last.row && tile.col > last.col)));
            last = {tile.col, tile.row};
            for (int row = tile.row; row < tile.row + tile.rows; ++row)
                for (int col = tile.col; col < tile.col + tile.cols; ++col)
                    ++seen[static_cast<std::size_t>((row - 5) * 23 + col + 3)];
        }
        CHECK(std::ranges::all_of(seen, [](int n) { return n == 1; }));
    }
    CHECK(tiles({}, 10).empty());
}
