// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/ray_pieces.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;

TEST_CASE("a ray's pieces follow each other from cell to cell") {
    const Tile ground({0, 0, 8, 8}, 1);
    std::vector<Cell> cells;
    double end = 0;
    CHECK(each_ray_piece(ground, {1, 1}, {1.2, 1.9}, {5, 3}, true, [&](Cell c, double from, double to) {
        CHECK(from == end);
        CHECK(to >= from);
        end = to;
        cells.push_back(c);
    }));
    CHECK(end == 1);
    CHECK(cells.front() == Cell{1, 1});
    CHECK(cells.back() == Cell{5, 3});
    CHECK(cells.size() == 7);
}

TEST_CASE("a barrier stops it, and a corner between two unless corners are cut") {
    Tile ground({0, 0, 8, 8}, 1);
    const auto gets = [&](Cell to, bool cut) {
        return each_ray_piece(ground, {1, 1}, {1.5, 1.5}, to, cut, [](Cell, double, double) {});
    };
    ground[{3, 1}] = no_data;
    CHECK_FALSE(gets({5, 1}, true));
    CHECK(gets({2, 1}, true));
    ground[{4, 3}] = ground[{3, 4}] = no_data;
    CHECK(gets({6, 6}, true));
    CHECK_FALSE(gets({6, 6}, false));
}
