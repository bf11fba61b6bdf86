// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/ground_step.hpp"

#include "rasters/travel/travel_solver.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

/// Times over some ground from one cell.
struct Field {
    Field(const Tile& over, Cell start, const TravelOptions& how)
        : ground(over), options(how), starts{start_at(grid, start)}, solver(grid, slowness, starts, {}, options),
          field(solver.solve()), view(solver.ground(), *field) {}

    const Tile& ground;
    TravelOptions options;
    Grid grid = metre_grid(ground.window().cols, ground.window().rows);
    Slowness slowness = slowness_of(ground);
    std::vector<TravelStart> starts;
    TravelSolver solver;
    std::shared_ptr<const TravelTimes::Field> field;
    FieldView view;
};

} // namespace

TEST_CASE("steps go back to where the time came from") {
    const Tile even({0, 0, 60, 60}, 2.0F);
    Field graph(even, {30, 30}, {.method = TravelMethod::grid8});
    CHECK(quickest_back(graph.view, graph.options, {40, 30}).near == Cell{39, 30});
    CHECK(quickest_back(graph.view, graph.options, {40, 40}).near == Cell{39, 39});
    CHECK(quickest_back(graph.view, graph.options, {40, 40}).minutes == doctest::Approx(20 * std::sqrt(2)));
    Field knights(even, {30, 30}, {.method = TravelMethod::grid16});
    CHECK(quickest_back(knights.view, knights.options, {50, 40}).near == Cell{48, 39});
    // At any angle: 10 degrees off the axis the way leads between two cells.
    Field all(even, {30, 30}, {.exact_start_cells = 0});
    const Onward onward = quickest_back(all.view, all.options, {58, 35});
    CHECK(std::atan2(onward.towards.y, onward.towards.x) == doctest::Approx(std::atan2(-5, -28)).epsilon(0.03));
    CHECK(onward.near == Cell{57, 35});
    CHECK(onward.far == Cell{57, 34});
    CHECK(onward.minutes == doctest::Approx(all.view.minutes({58, 35})));
}

TEST_CASE("no step leads back from a start, nor over what can't be crossed") {
    Tile ground({0, 0, 20, 20}, 1.0F);
    ground[{6, 5}] = ground[{5, 6}] = no_data;
    Field open(ground, {5, 5}, {.method = TravelMethod::grid8});
    CHECK(quickest_back(open.view, open.options, {5, 5}).minutes == unreached);
    CHECK(quickest_back(open.view, open.options, {6, 5}).minutes == unreached);
    CHECK(quickest_back(open.view, open.options, {6, 6}).near == Cell{5, 5});
    Field closed(ground, {5, 5}, {.method = TravelMethod::grid8, .cut_corners = false});
    CHECK(!(quickest_back(closed.view, closed.options, {6, 6}).near == Cell{5, 5}));
}

TEST_CASE("ground that costs nothing is level") {
    Tile ground({0, 0, 20, 20}, 0.0F);
    ground[{8, 5}] = 1;
    ground[{5, 8}] = no_data;
    Field field(ground, {5, 5}, {.method = TravelMethod::grid8});
    CHECK(is_level(field.view, field.options, {5, 5}, {6, 6}));
    CHECK(is_level(field.view, field.options, {15, 15}, {14, 15}));
    CHECK(!is_level(field.view, field.options, {7, 5}, {8, 5}));
    CHECK(!is_level(field.view, field.options, {5, 7}, {5, 8}));
}
