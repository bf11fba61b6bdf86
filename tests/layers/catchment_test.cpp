// SPDX-License-Identifier: Apache-2.0
#include "layers/catchment.hpp"

#include "layers/accessibility.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Catchment;
using layers::FrictionSpec;
using layers::Params;
using layers::Reach;
using layers::Sources;
using rasters::Grid;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(10, 10, 100);

Params params_of(const std::string& within) {
    return tests::params(layers::people_within_measure(), "{of: towns, weight: pop, within: " + within + "}");
}

layers::LayerSpec towns(const Folder& folder) {
    return tests::wkt_layer(folder, "towns", "pop", {"7,POINT (500050 3600050)", "9,POINT (500070 3600070)"});
}

} // namespace

TEST_CASE("in a straight line, the study's own grid") {
    const Folder folder;
    Sources sources({towns(folder)}, {});
    const Params params = params_of("2 km");
    const Reach reach(params, "within");
    CHECK(reach.limit == 2000);
    CHECK(!reach.by_time);
    Catchment catchment(params, sources, grid, reach);
    CHECK(catchment.grid() == grid);
    CHECK(!catchment.friction());
    CHECK(catchment.dots({}).size() == 2);
}

TEST_CASE("over a friction, its grid, as far as the fastest comes, and what that costs") {
    const Folder folder;
    FrictionSpec spec;
    spec.ground = 6; // 100 m a minute
    Sources sources({towns(folder)}, {}, spec);
    const Params params = params_of("20 min");
    const Reach reach(params, "within");
    CHECK(reach.by_time);
    Catchment catchment(params, sources, grid, reach);
    CHECK(catchment.grid().cols == doctest::Approx(50).epsilon(0.1));
    CHECK(catchment.options().limit_minutes == 20);
    CHECK(catchment.options().fastest == doctest::Approx(100));
    const auto weights = catchment.weights({});
    REQUIRE(weights.size() == 2);
    CHECK(weights[0].cell == weights[1].cell);
    const double cells = catchment.cells_to_solve(weights);
    CHECK(cells == doctest::Approx(50.0 * 50).epsilon(0.2));
    CHECK_NOTHROW(catchment.check_cost("gravity", cells));
    CHECK_THROWS_AS(catchment.check_cost("gravity", 1e13), Error);
}

TEST_CASE("along lines, the study's own grid, as far as the fastest comes") {
    const Folder folder;
    FrictionSpec spec;
    spec.ground = 6;
    spec.speeds = {{.layer = "roads", .speed = 60}};
    Sources sources(
        {tests::wkt_layer(folder, "towns", "pop",
                          {"7,POINT (500050 3600050)", "9,POINT (490050 3600050)", "5,POINT (470050 3600050)"}),
         tests::wkt_layer(folder, "roads", "", {"\"LINESTRING (470050 3600050,500050 3600050)\""})},
        {}, spec);
    const Params params = params_of("12 min, over: lines");
    const Reach reach(params, "within");
    CHECK(reach.over_lines);
    Catchment catchment(params, sources, grid, reach);
    CHECK(catchment.grid() == grid);
    CHECK(!catchment.friction());
    CHECK(catchment.around().width() == doctest::Approx(grid.box().width() + 2 * 12'000 * 1.05).epsilon(0.001));
    CHECK(catchment.around(2).width() > catchment.around().width());
    CHECK(catchment.dots({}).size() == 3);
    CHECK(catchment.only_points({}));
    CHECK(catchment.network().lines.size() == 1);
    CHECK(catchment.cells_in_reach() == static_cast<double>(grid.cols) * grid.rows);
    CHECK_THROWS_AS(Reach(params_of("12 km, over: lines"), "within"), Error);
    CHECK_THROWS_AS(Reach(params_of("12 min, snap: 3 m"), "within"), Error);
}
