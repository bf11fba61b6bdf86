// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/raster.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <type_traits>
#include <utility>

using namespace zonerank::rasters;

TEST_CASE("cells are named by their place in the grid") {
    Raster<int> raster({-2, 10, 3, 2});
    CHECK(raster.values().size() == 6);
    int n = 0;
    for (int& value : raster.values())
        value = n++;
    CHECK(raster[{-2, 10}] == 0);
    CHECK(raster[{0, 10}] == 2);
    CHECK(raster[{-2, 11}] == 3);
    CHECK(raster[{0, 11}] == 5);
    raster[{-1, 11}] = 40;
    CHECK(raster.row(11)[1] == 40);
    raster.row(10)[0] = 7;
    const Raster<int>& seen = raster;
    CHECK(seen[{-2, 10}] == 7);
    CHECK(seen.row(11).size() == 3);
    CHECK(seen.window() == Window{-2, 10, 3, 2});
}

TEST_CASE("a raster starts with what it is given") {
    CHECK(Raster<double>({0, 0, 2, 2}, 4.5).values()[3] == 4.5);
    CHECK(Raster<int>({0, 0, 2, 2}).values()[0] == 0);
    CHECK(Raster<int>().values().empty());
    CHECK(Raster<int>({3, 3, 0, 9}).values().empty());
    CHECK(std::isnan(Tile({0, 0, 1, 1}, no_data)[{0, 0}]));
}

TEST_CASE("a raster moves; a copy has to be asked for") {
    static_assert(!std::is_copy_constructible_v<Tile>);
    static_assert(!std::is_copy_assignable_v<Tile>);
    static_assert(std::is_nothrow_move_constructible_v<Tile>);
    Tile a({0, 0, 2, 1}, 3);
    Tile b = a.copy();
    b[{0, 0}] = 9;
    CHECK(a[{0, 0}] == 3);
    const float* place = a.values().data();
    const Tile c = std::move(a);
    CHECK(c.values().data() == place);
}
