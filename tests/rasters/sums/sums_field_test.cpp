// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/sums_field.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("ground is kept as it was told, in windows of any kind") {
    Random random(2);
    const Grid grid = metre_grid(700, 300);
    const Tile ground = random_ground(random, grid.cols, grid.rows, 4);
    const TravelSums::Field field(grid, slowness_of(ground), {}, {});
    const Window windows[] = {grid.window(), {250, 250, 10, 40}, {-5, -5, 20, 20}, {699, 299, 1, 1}};
    for (const Window& window : windows) {
        const Tile found = field.ground_of(window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col) {
                const float expected = grid.window().contains({col, row}) ? ground[{col, row}] : no_data;
                const float value = found[{col, row}];
                REQUIRE((value == expected || (std::isnan(value) && std::isnan(expected))));
            }
    }
}

TEST_CASE("a road crosses what nothing else does, and weights begin where something crosses") {
    const Grid grid = metre_grid(40, 10);
    Tile ground(grid.window(), no_data);
    ground[{3, 5}] = 1;
    const std::vector<RoadStep> roads{{{20, 5}, {21, 5}, 1, false}};
    const TravelSums::Field field(grid, slowness_of(ground), roads, {});
    CHECK(field.crossed({21, 5}, no_data));
    CHECK(!field.crossed({22, 5}, no_data));
    CHECK(!field.crossed({22, 5}, -1));
    CHECK(field.crossed({22, 5}, 0));
    const auto begun = field.on_ground(std::vector<TravelWeight>{{{3, 5}, 1}, {{5, 5}, 2}, {{18, 6}, 3}, {{30, 5}, 4}});
    REQUIRE(begun.size() == 3);
    CHECK(begun[0].cell == Cell{3, 5});
    CHECK(begun[1].cell == Cell{3, 5});
    CHECK(begun[2].cell == Cell{20, 5});
}

TEST_CASE("laying the ground ends when it is asked to") {
    const std::atomic<bool> stop = true;
    const Grid grid = metre_grid(10, 10);
    const Tile ground(grid.window(), 1);
    TravelSumOptions options;
    options.course = Course(stop, {});
    CHECK_THROWS_WITH(TravelSums::Field(grid, slowness_of(ground), {}, options), "stopped");
}
