// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/relief_ground.hpp"

#include "tests/support/relief.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("a ray over an even slope takes the time of its own slope, from any place in a cell") {
    const Grid grid = metre_grid(30, 30);
    const Tile elevation = [&] {
        Tile all(grid.window());
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 30; ++x)
                all[{x, y}] = static_cast<float>(0.2 * x - 0.1 * y);
        return all;
    }();
    Tile ground(grid.window(), 2);
    const auto relief = relief_of(elevation);
    const Tiling tiling(grid, 30);
    const ReliefRays rays = ReliefGround(grid, tiling, *relief).around(ground);
    for (const Cell to : {Cell{20, 20}, {25, 4}, {3, 26}, {12, 11}}) {
        const Point at{11.3, 12.8};
        const double dx = to.col + 0.5 - at.x, dy = to.row + 0.5 - at.y, length = std::hypot(dx, dy);
        CHECK(rays.minutes(ground, {11, 12}, at, to, true) ==
              doctest::Approx(2 * length / tobler((0.2 * dx - 0.1 * dy) / length)).epsilon(1e-4));
    }
}

TEST_CASE("where no elevation is known nothing crosses; a block has the rest") {
    const Grid grid = metre_grid(12, 10);
    Tile elevation(grid.window(), 5), ground(grid.window(), 1);
    elevation[{4, 3}] = no_data;
    const auto relief = relief_of(elevation);
    relief->waits = {{{2, 2}, 9}};
    const Tiling tiling(grid, 30);
    ReliefGround laid(grid, tiling, *relief);
    const ReliefRays rays = laid.around(ground);
    CHECK(ground[{4, 3}] == unreached);
    CHECK(std::isinf(rays.minutes(ground, {2, 3}, {2.5, 3.5}, {6, 3}, true)));
    std::vector<float> block(tiling.cells());
    laid.lay_out(0, rays, block.data());
    const Slopes slopes = laid.slopes(0, block.data());
    CHECK(slopes.elevation[TileLayout::at(4, 3)] == 0);
    CHECK(slopes.elevation[TileLayout::at(11, 9)] == 5);
    REQUIRE(slopes.waits);
    CHECK(slopes.waits[TileLayout::at(2, 2)] == 9);
    CHECK(slopes.waits[TileLayout::at(3, 2)] == 0);
}

TEST_CASE("ways around a corner take longer up than down") {
    const Grid grid = metre_grid(12, 12);
    Tile elevation(grid.window());
    for (int y = 0; y < 12; ++y)
        for (int x = 0; x < 12; ++x)
            elevation[{x, y}] = static_cast<float>(x) * 0.3F;
    const auto relief = relief_of(elevation);
    const Tiling tiling(grid, 30);
    ReliefGround laid(grid, tiling, *relief);
    Tile ground(grid.window(), 1);
    ground[{5, 5}] = unreached;
    std::vector<float> heights(tiling.cells()), slowness(tiling.cells(), unreached);
    for (int y = 0; y < 12; ++y)
        for (int x = 0; x < 12; ++x)
            slowness[TileLayout::at(x, y)] = ground[{x, y}];
    laid.lay_out(0, laid.around(ground), heights.data());
    const Patch block{nullptr, slowness.data(), true, nullptr, laid.slopes(0, heights.data())};
    int up = 0, down = 0;
    for (const TileRoads::Start& there : laid.corners(0, block, true))
        for (const TileRoads::Start& back : laid.corners(0, block, true))
            if (there.from == back.step.to && there.step.to == back.from &&
                heights[there.step.to] > heights[there.from]) {
                up += there.step.minutes > back.step.minutes;
                down += there.step.minutes < back.step.minutes;
            }
    CHECK(up > 0);
    CHECK(down == 0);
}
