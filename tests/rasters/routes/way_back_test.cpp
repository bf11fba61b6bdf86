// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/way_back.hpp"

#include "rasters/travel/travel_solver.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

/// Ways over some ground, and along roads, back to one cell.
struct Ways {
    Ways(const Tile& over, Cell start, std::vector<RoadStep> along, TravelMethod method)
        : ground(over), roads(std::move(along)), options{.method = method}, starts{start_at(grid, start)},
          into(grid, roads), solver(grid, slowness, starts, roads, options), field(solver.solve()),
          view(solver.ground(), *field) {}

    WayBack from(Cell cell) { return way_back(grid, view, options, into, starts, cell); }

    const Tile& ground;
    std::vector<RoadStep> roads;
    TravelOptions options;
    Grid grid = metre_grid(ground.window().cols, ground.window().rows);
    Slowness slowness = slowness_of(ground);
    std::vector<TravelStart> starts;
    StepsInto into;
    TravelSolver solver;
    std::shared_ptr<const TravelTimes::Field> field;
    FieldView view;
};

/// What the cells of a way by grid8 take, step by step, in double; NaN where one is no step.
double minutes_along(const Ways& ways, const WayBack& way) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < way.passed.size(); ++i) {
        const Cell a = way.passed[i].cell, b = way.passed[i + 1].cell;
        if (const auto road = way.passed[i].road) {
            const RoadStep& step = ways.roads[road->step];
            const bool fits =
                road->forward ? step.from == a && step.to == b && !step.one_way : step.to == a && step.from == b;
            sum += fits ? static_cast<double>(step.minutes) : std::nan("");
        } else {
            const int dx = std::abs(a.col - b.col), dy = std::abs(a.row - b.row);
            const double mean = (1.0 * ways.ground[a] + ways.ground[b]) / 2;
            sum += std::max(dx, dy) == 1 ? std::hypot(dx, dy) * mean : std::nan("");
        }
    }
    return sum;
}

std::vector<RoadStep> random_roads(Random& random, int cols, int rows, int count, bool free) {
    std::vector<RoadStep> roads;
    for (Cell at{cols / 2, rows / 2}; count > 0; --count) {
        const Cell next{std::clamp(at.col + random.below(3) - 1, 0, cols - 1),
                        std::clamp(at.row + random.below(3) - 1, 0, rows - 1)};
        const auto minutes = static_cast<float>(free && random.below(2) ? 0 : random.in(0.01, 0.2));
        if (!(next == at))
            roads.push_back({at, next, minutes, random.below(4) == 0});
        at = next;
    }
    return roads;
}

} // namespace

TEST_CASE("a way over cells and roads takes what Dijkstra finds") {
    Random random(11);
    for (int kind = 0; kind < 5; ++kind)
        for (const bool free : {false, true}) {
            const Tile ground = random_ground(random, 40, 35, kind);
            const Cell start{20, 17};
            Ways ways(ground, start, random_roads(random, 40, 35, 400, free), TravelMethod::grid8);
            const std::vector<double> least = brute_force(ground, ways.starts, ways.roads, false, true);
            for (int row = 0; row < 35; ++row)
                for (int col = 0; col < 40; ++col) {
                    if (!(ways.view.minutes({col, row}) < unreached))
                        continue;
                    const WayBack way = ways.from({col, row});
                    const double minutes = minutes_along(ways, way);
                    CHECK(way.passed.front().cell == Cell{col, row});
                    CHECK(way.passed.back().cell == start);
                    CHECK(minutes == doctest::Approx(ways.view.minutes({col, row})).epsilon(1e-5));
                    if (ground[start] >= 0)
                        CHECK(minutes ==
                              doctest::Approx(least[static_cast<std::size_t>(row * 40 + col)]).epsilon(1e-5));
                }
        }
}

TEST_CASE("where all is free the way is found, too") {
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8}) {
        Tile ground({0, 0, 70, 60}, 0.0F);
        for (int row = 0; row < 50; ++row)
            ground[{40, row}] = no_data; // so that no ray leads there
        Ways ways(ground, {5, 5}, {}, method);
        const WayBack way = ways.from({65, 3});
        CHECK(minutes_along(ways, way) == 0);
        CHECK(way.passed.size() >= 50 + 25); // down to the wall's end and on; the rest is a ray's
        CHECK(way.end == Point{5.5, 5.5});
        // The rest of it costs something.
        ground[{50, 50}] = 1;
        Ways uphill(ground, {5, 5}, {}, method);
        CHECK(uphill.from({50, 50}).passed.size() >= 40);
    }
}

TEST_CASE("over a bridge of steps that cost nothing") {
    const Tile water({0, 0, 30, 10}, no_data);
    std::vector<RoadStep> bridge;
    for (int col = 2; col < 27; ++col)
        bridge.push_back({{col, 4}, {col + 1, 4}, col % 3 == 0 ? 1.0F : 0.0F, false});
    Ways ways(water, {2, 4}, bridge, TravelMethod::eikonal);
    const WayBack way = ways.from({27, 4});
    CHECK(way.passed.size() == 26);
    CHECK(minutes_along(ways, way) == 8);
    CHECK(way.end == Point{2.5, 4.5});
}
