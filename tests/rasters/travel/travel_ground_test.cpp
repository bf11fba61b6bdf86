// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_ground.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("a tile's ground is in minutes per cell, with its halo, and barriers around the grid") {
    Grid grid = metre_grid(20, 10);
    grid.cell = 30;
    const Tiling tiling(grid, 10);
    Tile ground(grid.window(), 0.5F);
    ground[{11, 3}] = no_data;
    ground[{4, 4}] = std::numeric_limits<float>::infinity();
    ground[{5, 5}] = 1.5F;
    const Slowness slowness = slowness_of(ground);
    TravelOptions options;
    TravelGround laid(grid, tiling, slowness, {}, {}, options, 1 << 30);
    const PagedTiles::Pin pin = laid.pin(0);
    REQUIRE(pin.fresh());
    std::vector<float> minutes(tiling.cells());
    laid.open(0, pin.as<float>(), minutes.data());
    const float* cells = pin.as<float>();
    CHECK(cells[TileLayout::at(0, 0)] == 15);
    CHECK(cells[TileLayout::at(5, 5)] == 45);
    CHECK(cells[TileLayout::at(4, 4)] == unreached);
    CHECK(cells[TileLayout::at(11, 2)] == 15);
    CHECK(cells[TileLayout::at(11, 3)] == unreached);
    CHECK(cells[TileLayout::at(12, 3)] == unreached);
    CHECK(cells[TileLayout::at(-1, 3)] == unreached);
    CHECK(laid.pace(0) > 15);
    CHECK(laid.pace(0) < 16);
    CHECK(laid.seams(0) == nullptr);
    CHECK(minutes[TileLayout::at(3, 3)] == unreached);
}

TEST_CASE("starts near a tile give it times up to the limit, and are kept where they count") {
    const Grid grid = metre_grid(20, 10);
    const Tiling tiling(grid, 10);
    Tile ground(grid.window(), 1);
    ground[{13, 5}] = no_data;
    const Slowness slowness = slowness_of(ground);
    const std::vector<TravelStart> starts{start_at(grid, {8, 5}, 2), start_at(grid, {12, 5}, 1, 1),
                                          start_at(grid, {13, 5}, 3)};
    TravelOptions options;
    options.exact_start_cells = 4;
    options.limit_minutes = 3.5;
    for (const bool road : {false, true}) {
        const std::vector<RoadStep> roads{{{13, 5}, {13, 4}, 0.5F, false}};
        TravelGround laid(grid, tiling, slowness, starts, std::span(roads).first(road ? 1 : 0), options, 1 << 30);
        const PagedTiles::Pin pin = laid.pin(1);
        std::vector<float> minutes(tiling.cells());
        laid.open(1, pin.as<float>(), minutes.data());
        CHECK(minutes[TileLayout::at(0, 5)] == 2);
        CHECK(minutes[TileLayout::at(2, 5)] == 1);
        CHECK(minutes[TileLayout::at(2, 7)] == 3);
        CHECK(minutes[TileLayout::at(2, 8)] == unreached);
        CHECK(minutes[TileLayout::at(3, 5)] == (road ? 0 : unreached)); // a start on a barrier
        bool late = false;
        for (const TravelGround::Begun& b : laid.begun(1)) {
            CHECK(b.minutes <= minutes[b.cell]);
            late |= b.minutes > 3.5;
        }
        CHECK(late);
        CHECK(laid.seams(1) == nullptr); // of starts that touch
    }
}
