// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/time_at.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

const Grid grid = metre_grid(20, 20);

TravelTimes solved(const Tile& ground, double limit = HUGE_VAL) {
    const std::vector<TravelStart> starts{{.cell = {2, 10}, .at = grid.centre({2, 10}), .target = 7}};
    return travel_times(grid, slowness_of(ground), starts, {}, {.limit_minutes = limit, .find_targets = true});
}

} // namespace

TEST_CASE("between centres times go on as distances do") {
    const TravelTimes times = solved(Tile(grid.window(), 1));
    const Point start = grid.centre({2, 10});
    for (const double x : {12.0, 12.3, 12.5, 12.9})
        CHECK(time_at(times, grid, {x, start.y + 0.2}, true) ==
              doctest::Approx(std::hypot(x - start.x, 0.2)).epsilon(0.005));
    CHECK(time_at(times, grid, {12.9, start.y}, false) == doctest::Approx(10).epsilon(0.005)); // its cell's
    CHECK(target_at(times, grid, {12.9, start.y}) == 7);
}

TEST_CASE("beside a barrier a time is the cell's own; on it, and outside, there is none") {
    Tile ground(grid.window(), 1);
    for (int row = 0; row < 20; ++row)
        ground[{14, row}] = no_data;
    const TravelTimes times = solved(ground);
    const double y = grid.centre({0, 10}).y;
    CHECK(time_at(times, grid, {13.9, y}, true) == time_at(times, grid, {13.9, y}, false));
    CHECK(std::isnan(time_at(times, grid, {14.5, y}, true)));
    CHECK(std::isnan(time_at(times, grid, {16.5, y}, true)));
    CHECK(std::isnan(time_at(times, grid, {-5, y}, true)));
    CHECK(target_at(times, grid, {16.5, y}) == -1);
}

TEST_CASE("what is beyond the limit is") {
    const TravelTimes times = solved(Tile(grid.window(), 1), 5);
    CHECK(std::isinf(time_at(times, grid, {15.5, grid.centre({0, 10}).y}, true)));
}
