// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/routes.hpp"

#include "rasters/travel/line_pieces.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

double minutes_of(const Route& route) {
    double sum = 0;
    for (const RoutePart& part : route)
        sum += part.minutes;
    return sum;
}

/// Ways over some ground to one start.
class Ways {
public:
    Ways(const Tile& ground, Cell start, const std::vector<RoadStep>& roads = {}, const TravelOptions& options = {})
        : m_grid(metre_grid(ground.window().cols, ground.window().rows)), m_into(m_grid, roads), m_start(start),
          m_finder(m_grid, slowness_of(ground), std::vector{start_at(m_grid, start)}, roads, m_into, options) {}

    Route from(Cell cell) const { return m_finder.from(cell); }
    double minutes(Cell cell) const { return m_finder.times().times({cell.col, cell.row, 1, 1}).values().front(); }

    /// All points; checks that parts follow each other from the cell to the start.
    Path path(Cell cell) const {
        Path path{m_grid.centre(cell)};
        for (const RoutePart& part : from(cell)) {
            CHECK(part.path.front() == path.back());
            CHECK((part.roads.empty() || part.roads.size() + 1 == part.path.size()));
            path.insert(path.end(), part.path.begin() + 1, part.path.end());
        }
        CHECK(path.back() == m_grid.centre(m_start));
        return path;
    }

private:
    Grid m_grid;
    StepsInto m_into;
    Cell m_start;
    RouteFinder m_finder;
};

Tile even(int cols, int rows) {
    return Tile({0, 0, cols, rows}, 1.0F);
}

double length(const Path& path) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        sum += std::hypot(path[i + 1].x - path[i].x, path[i + 1].y - path[i].y);
    return sum;
}

/// Cells that a line runs through by more than its corners.
template <typename Visit>
void each_cell(const Grid& grid, const Path& path, Visit&& visit) {
    LinePieces pieces(grid);
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        pieces.each(path[i], path[i + 1], [&](Cell c, double from, double to) {
            if (to - from > 1e-6)
                visit(c);
        });
}

} // namespace

TEST_CASE("over even ground a way is a straight line") {
    const Tile ground = even(160, 130);
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16}) {
        const Ways ways(ground, {40, 50}, {}, {.method = method});
        for (const Cell from :
             {Cell{150, 50}, Cell{150, 64}, Cell{141, 129}, Cell{40, 0}, Cell{0, 129}, Cell{41, 51}}) {
            const Path path = ways.path(from);
            const double straight = std::hypot(from.col - 40, from.row - 50);
            CHECK(path.size() == 2);
            CHECK(minutes_of(ways.from(from)) == doctest::Approx(straight));
        }
        CHECK(length(ways.path({40, 50})) == 0);
    }
}

TEST_CASE("round a wall a way goes by its end, and no farther") {
    Tile ground = even(100, 100);
    for (int row = 0; row < 70; ++row)
        ground[{50, row}] = no_data;
    const Ways ways(ground, {20, 20});
    const Path path = ways.path({80, 20});
    // By both corners of the wall's end.
    const double least = 2 * std::hypot(29.5, 49.5) + 1;
    CHECK(length(path) >= least);
    CHECK(length(path) <= least + 0.5);
    CHECK(path.size() <= 6);
    each_cell(metre_grid(100, 100), path, [&](Cell c) { CHECK(!std::isnan(ground[c])); });
    CHECK(minutes_of(ways.from({80, 20})) == doctest::Approx(ways.minutes({80, 20})).epsilon(0.007));
}

TEST_CASE("along a road at any angle, as its steps lead") {
    const Grid grid = metre_grid(200, 200);
    for (int degrees = 3; degrees < 180; degrees += 16) {
        const double x = 90 * std::cos(degrees * std::numbers::pi / 180),
                     y = 90 * std::sin(degrees * std::numbers::pi / 180);
        const RoadLine line{{{100.3 - x, 100.2 - y}, {100.3 + x, 100.2 + y}}, 1.2, false}; // 20 times as fast
        const std::vector<RoadLine> lines{line};
        const std::vector<RoadStep> steps = road_steps(grid, lines);
        const Ways ways(even(200, 200), steps.front().from, steps);
        const Cell far = steps.back().to;
        const Route route = ways.from(far);
        REQUIRE(route.size() >= 1);
        std::vector<std::size_t> used;
        double over_ground = 0;
        for (const RoutePart& part : route) {
            for (const RoadUse& road : part.roads) {
                CHECK(!road.forward);
                used.push_back(road.step);
            }
            over_ground += part.roads.empty() ? length(part.path) : 0;
        }
        CHECK(over_ground < 1e-9);
        REQUIRE(used.size() == steps.size());
        std::ranges::reverse(used);
        // The line itself, put together from its steps' parts.
        double metres = 0;
        for (const Path& part : step_paths(grid, lines, used))
            metres += length(part);
        CHECK(metres == doctest::Approx(180).epsilon(1e-9));
        CHECK(minutes_of(route) == doctest::Approx(ways.minutes(far)).epsilon(1e-6));
    }
}

TEST_CASE("over water only by the bridge") {
    Tile ground = even(100, 60);
    for (int row = 0; row < 60; ++row)
        for (int col = 45; col < 55; ++col)
            ground[{col, row}] = no_data;
    const Grid grid = metre_grid(100, 60);
    const std::vector<RoadLine> bridge{{{{40.5, 19.5}, {60.5, 19.5}}, 0.6, false}};
    const std::vector<RoadStep> steps = road_steps(grid, bridge);
    const Ways ways(ground, {10, 10}, steps);
    for (const Cell from : {Cell{90, 10}, Cell{90, 50}, Cell{56, 0}}) {
        const Route route = ways.from(from);
        std::size_t on_bridge = 0;
        for (const RoutePart& part : route) {
            on_bridge += part.roads.size();
            if (part.roads.empty())
                each_cell(grid, part.path, [&](Cell c) { CHECK(!std::isnan(ground[c])); });
        }
        CHECK(on_bridge >= 10);
        CHECK(minutes_of(route) == doctest::Approx(ways.minutes(from)).epsilon(0.01));
    }
    CHECK(Ways(ground, {10, 10}).from({90, 10}).empty());
    CHECK(ways.from({50, 50}).empty());
}

TEST_CASE("one-way roads are taken their way only") {
    const Grid grid = metre_grid(80, 40);
    const std::vector<RoadLine> line{{{{10.5, 20.5}, {70.5, 20.5}}, 0.6, true}};
    const std::vector<RoadStep> steps = road_steps(grid, line);
    const auto metres_on_road = [&](const Route& route) {
        double sum = 0;
        for (const RoutePart& part : route)
            sum += part.roads.empty() ? 0 : length(part.path);
        return sum;
    };
    // What is solved goes from the start, so ways back to it go against the traffic.
    CHECK(metres_on_road(Ways(even(80, 40), {10, 19}, steps).from({70, 19})) > 55);
    CHECK(metres_on_road(Ways(even(80, 40), {70, 19}, steps).from({10, 19})) == 0);
}

TEST_CASE("over any ground the minutes of a way are the field's, there and back") {
    Random random(5);
    for (int kind = 0; kind < 5; ++kind) {
        const Tile ground = random_ground(random, 90, 80, kind);
        const Grid grid = metre_grid(90, 80);
        const auto open = [&] {
            for (;;)
                if (const Cell c{random.below(90), random.below(80)}; !std::isnan(ground[c]))
                    return c;
        };
        for (int trial = 0; trial < 12; ++trial) {
            const Cell a = open(), b = open();
            const Ways to_a(ground, a), to_b(ground, b);
            const Route route = to_a.from(b), back = to_b.from(a);
            if (route.empty()) {
                CHECK(std::isnan(to_a.minutes(b)));
                CHECK(back.empty());
                continue;
            }
            const double there = to_a.minutes(b);
            CAPTURE(kind);
            CAPTURE(there);
            CHECK(std::abs(minutes_of(route) / there - 1) < 0.03);
            CHECK(std::abs(to_b.minutes(a) / there - 1) < 0.03);
            CHECK(std::abs(minutes_of(back) / minutes_of(route) - 1) < 0.03);
            for (const RoutePart& part : route)
                each_cell(grid, part.path, [&](Cell c) { CHECK(!std::isnan(ground[c])); });
        }
    }
}

TEST_CASE("ways are the same for any tiles") {
    Random random(7);
    const Tile ground = random_ground(random, 120, 110, 3);
    const Ways whole(ground, {60, 50}), cut(ground, {60, 50}, {}, {.memory = 1, .tile_cells = 17});
    for (const Cell from : {Cell{3, 4}, Cell{110, 100}, Cell{119, 0}, Cell{5, 100}}) {
        if (whole.from(from).empty())
            continue;
        CHECK(whole.path(from) == cut.path(from));
    }
}
