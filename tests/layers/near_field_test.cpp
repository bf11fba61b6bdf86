// SPDX-License-Identifier: Apache-2.0
#include "layers/near_field.hpp"

#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using layers::Friction;
using layers::FrictionSpec;
using layers::Sources;
using rasters::Cell;
using rasters::Grid;
using rasters::Point;
using rasters::TravelStart;

namespace {

constexpr double pace = 0.06 / 5; // minutes per metre on foot

const Grid far_grid = tests::grid_of(30, 30, 300);
// 20 x 10 cells of 100 m from (503000, 3604000) on.
const Grid near_grid = rasters::grid_over({503000, 3604000, 505000, 3605000}, 100, tests::utm43(), {503000, 3604000});

std::vector<TravelStart> rim(const FrictionSpec& spec, double limit = HUGE_VAL) {
    Sources sources({}, {});
    const Friction near(spec, sources, near_grid), far(spec, sources, far_grid);
    const rasters::TravelStart start{.cell = {0, 0}, .at = far_grid.centre({0, 0})};
    const auto times = rasters::travel_times(far_grid, [&](rasters::Window w) { return far.slowness(w); },
                                             std::span(&start, 1), {}, {.limit_minutes = limit});
    return starts_at_rim(near, times, far_grid, limit, false);
}

} // namespace

TEST_CASE("every cell of the rim starts at the coarser time there") {
    const std::vector<TravelStart> starts = rim({});
    CHECK(starts.size() == 2 * 20 + 2 * 8);
    const Point from = far_grid.centre({0, 0});
    for (const TravelStart& start : starts) {
        CHECK((start.cell.col % 19 == 0 || start.cell.row % 9 == 0));
        CHECK(start.at == near_grid.centre(start.cell));
        const double metres = std::hypot(start.at.x - from.x, start.at.y - from.y);
        CHECK(double{start.minutes} == doctest::Approx(metres * pace).epsilon(0.005));
    }
}

TEST_CASE("what is beyond the limit starts just beyond it") {
    const std::vector<TravelStart> starts = rim({}, 50);
    CHECK(starts.size() == 2 * 20 + 2 * 8);
    CHECK(std::ranges::count_if(starts, [](const TravelStart& s) { return s.minutes > 50; }) > 0);
    CHECK(std::ranges::all_of(starts, [](const TravelStart& s) { return s.minutes < 50.001F; }));
}
