// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/field_view.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("cells and lines are looked at across tiles") {
    Tile ground({0, 0, 60, 50}, 2.0F);
    for (int col = 0; col < 60; ++col)
        ground[{col, 30}] = col == 40 ? 6.0F : no_data;
    const Grid grid = metre_grid(60, 50);
    const std::vector<TravelStart> starts{start_at(grid, {10, 10})};
    const TravelOptions options{.tile_cells = 8};
    const Slowness slowness = slowness_of(ground);
    TravelSolver solver(grid, slowness, starts, {}, options);
    const auto field = solver.solve();
    FieldView view(solver.ground(), *field);
    const Tile times = TravelTimes(field).times(grid.window());
    for (int row = 0; row < 50; ++row)
        for (int col = 0; col < 60; ++col) {
            const float t = times[{col, row}];
            CHECK(view.minutes({col, row}) == (std::isnan(t) ? unreached : t));
            CHECK(view.slowness({col, row}) == (std::isnan(ground[{col, row}]) ? unreached : ground[{col, row}]));
        }
    CHECK(view.minutes({-1, 3}) == unreached);
    CHECK(view.slowness({60, 3}) == unreached);
    CHECK(view.straight({5.5, 5.5}, {35.5, 28.5}) == doctest::Approx(2 * std::hypot(30, 23)));
    CHECK(view.straight({40.5, 29.5}, {40.5, 31.5}) == doctest::Approx(2 * 0.5 + 6 + 2 * 0.5));
    CHECK(std::isinf(view.straight({5.5, 20.5}, {5.5, 40.5})));
}
