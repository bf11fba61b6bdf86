// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_steps.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

constexpr double metres_per_minute = 1000; ///< on roads of 60 km/h
constexpr float off_road = 0.05F;          ///< minutes per metre: 50 times as slow

double length_of(const Path& path) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        sum += std::hypot(path[i + 1].x - path[i].x, path[i + 1].y - path[i].y);
    return sum;
}

Cell cell_at(const Grid& grid, Point p) {
    return {static_cast<int>(std::floor(p.x)), grid.rows - 1 - static_cast<int>(std::floor(p.y))};
}

Tile times_over(const Grid& grid, const std::vector<RoadLine>& lines, TravelStart start) {
    const Tile ground(grid.window(), off_road);
    const std::vector<RoadStep> steps = road_steps(grid, lines);
    return travel_times(grid, slowness_of(ground), std::vector{start}, steps, {}).times(grid.window());
}

/// |minutes from the line's beginning to its end - true| / true; the beginning is at a centre.
double error_along(const Grid& grid, const std::vector<RoadLine>& lines) {
    const Point begin = lines.front().path.front(), end = lines.back().path.back();
    double truth = 0;
    for (const RoadLine& line : lines)
        truth += length_of(line.path) / metres_per_minute;
    const Tile times = times_over(grid, lines, {cell_at(grid, begin), begin, 0, 0});
    return std::abs(times[cell_at(grid, end)] - truth) / truth;
}

Point towards(Point from, double angle, double length) {
    return {from.x + length * std::cos(angle), from.y + length * std::sin(angle)};
}

} // namespace

TEST_CASE("straight roads take their true time at any angle and length") {
    const Grid grid = metre_grid(201, 201);
    const Point centre = grid.centre({100, 100});
    double most = 0;
    for (int k = 0; k < 36; ++k)
        for (const double length : {20.0, 33.3, 47.9, 90.0})
            most = std::max(
                most,
                error_along(
                    grid,
                    {{{centre, towards(centre, k * std::numbers::pi / 18 + 0.001 * (k % 3), length)}, 60, false}}));
    MESSAGE("straight roads: ", 100 * most, " %");
    CHECK(most <= 0.001);
}

TEST_CASE("curved roads take their true time") {
    const Grid grid = metre_grid(301, 301);
    double most = 0;
    for (const double wave : {12.0, 25.0, 60.0})
        for (const double height : {2.0, 5.0, 12.0}) {
            Path sine;
            for (int i = 0; i <= 2400; ++i)
                sine.push_back({20.5 + 0.1 * i, 150.5 + height * std::sin(0.1 * i * 2 * std::numbers::pi / wave)});
            if (2 * std::numbers::pi * height / wave < 4) // strands that are a cell apart at least
                most = std::max(most, error_along(grid, {{sine, 60, false}}));
        }
    for (const double radius : {10.0, 25.0, 80.0}) {
        Path arc;
        for (int i = 0; i <= 1000; ++i)
            arc.push_back(towards({150.5, 150.5}, i * 0.006, radius));
        arc.front() = {150.5 + radius, 150.5};
        most = std::max(most, error_along(grid, {{arc, 60, false}}));
    }
    MESSAGE("curved roads: ", 100 * most, " %");
    CHECK(most <= 0.001);
}

namespace {

/// A road of straight pieces with bends, one line each.
std::vector<RoadLine> bent_road(Random& random, const Grid& grid) {
    std::vector<RoadLine> pieces;
    Point at = grid.centre({20, 250});
    double angle = 0;
    while (at.x < 180) {
        const Point next = towards(at, angle, random.in(2, 9));
        pieces.push_back({{at, next}, 60, false});
        at = next;
        angle = std::clamp(angle + random.in(-0.8, 0.8), -0.9, 0.9);
    }
    return pieces;
}

} // namespace

TEST_CASE("a road in pieces takes as long as the whole, to the last bit") {
    const Grid grid = metre_grid(201, 501);
    Random random(6);
    double most = 0;
    for (int number = 0; number < 60; ++number) {
        const std::vector<RoadLine> pieces = bent_road(random, grid);
        most = std::max(most, error_along(grid, pieces));
        RoadLine whole{{pieces.front().path.front()}, 60, false};
        for (const RoadLine& piece : pieces)
            whole.path.push_back(piece.path.back());
        const auto apart = road_steps(grid, pieces), joined = road_steps(grid, std::vector{whole});
        REQUIRE(apart.size() == joined.size());
        for (std::size_t i = 0; i < apart.size(); ++i)
            CHECK((apart[i].from == joined[i].from && apart[i].to == joined[i].to &&
                   std::abs(apart[i].minutes - joined[i].minutes) <= 1e-9));
    }
    MESSAGE("roads in pieces: ", 100 * most, " %");
    CHECK(most <= 0.001);
}

namespace {

/// A wave of two carriageways side by side, cut into pieces at random, with a link between
/// them now and then.
std::vector<RoadLine> carriageways(Random& random, Point from, double angle, double apart, double height) {
    constexpr int points = 1600;
    const double c = std::cos(angle), s = std::sin(angle);
    std::vector<RoadLine> lines;
    std::vector<Path> sides(2);
    for (int i = 0; i <= points; ++i) {
        const double along = 0.1 * i, turn = along / 25, wave = height * std::sin(turn),
                     slope = height / 25 * std::cos(turn), bend = std::hypot(1, slope);
        for (int side = 0; side < 2; ++side) {
            const double x = along - side * apart * slope / bend, y = wave + side * apart / bend;
            sides[side].push_back({from.x + x * c - y * s, from.y + x * s + y * c});
        }
        const bool cut = i == points || random.in(0, 1) < 0.01;
        if (cut && i < points)
            lines.push_back({{sides[0].back(), sides[1].back()}, 60, false});
        for (Path& path : sides)
            if (cut || random.in(0, 1) < 0.02) {
                const Point at = path.back();
                lines.push_back({std::exchange(path, {at}), 60, false});
            }
    }
    return lines;
}

} // namespace

TEST_CASE("nothing is gained between the carriageways of a motorway") {
    const Grid grid = metre_grid(401, 401);
    Random random(8);
    double least = 0, least_near = 0, most = 0;
    for (const double apart : {0.05, 0.16, 0.5, 0.9})
        for (const double height : {0.0, 4.0})
            for (int k = 0; k < 12; ++k) {
                const double angle = k * std::numbers::pi / 6 + 0.07 * (k % 2);
                const Point begin{200.5, 200.5}, end = towards(begin, angle, 160);
                const std::vector<RoadLine> lines = carriageways(random, begin, angle, apart, height);
                double truth = 0; // of the first carriageway, drawn as finely
                for (int i = 0; i < 1600; ++i)
                    truth += std::hypot(0.1, height * (std::sin(0.1 * (i + 1) / 25) - std::sin(0.1 * i / 25)));
                const double wave = height * std::sin(160.0 / 25);
                const Point last{end.x - wave * std::sin(angle), end.y + wave * std::cos(angle)};
                const Tile times = times_over(grid, lines, {cell_at(grid, begin), begin, 0, 0});
                const double off = times[cell_at(grid, last)] * metres_per_minute / truth - 1;
                least = std::min(least, off);
                least_near = std::min(least_near, apart < 0.2 ? off : 0.0);
                most = std::max(most, off);
            }
    MESSAGE("carriageways: ", 100 * least, " (near each other ", 100 * least_near, ") to ", 100 * most, " %");
    CHECK(least_near >= -0.005);
    CHECK(least >= -0.015);
    CHECK(most <= 0.001);
}

TEST_CASE("where speeds change in the middle of a cell, each part takes its own time") {
    const Grid grid = metre_grid(100, 10);
    const Path all{{5.5, 4.5}, {30.1, 4.5}, {30.9, 4.5}, {80.5, 4.5}};
    const std::vector<RoadLine> lines{
        {{all[0], all[1]}, 60, false}, {{all[2], all[1]}, 12, false}, {{all[2], all[3]}, 30, false}};
    const Tile times = times_over(grid, lines, {{5, 5}, all[0], 0, 0});
    CHECK(times[{80, 5}] == doctest::Approx((24.6 + 0.8 * 5 + 49.6 * 2) / 1000).epsilon(1e-5));
}

TEST_CASE("a road may turn off in the middle of another") {
    const Grid grid = metre_grid(201, 201);
    const Point begin = grid.centre({20, 100}), turn{100.9, 100.5}, end{100.9, 180.2};
    const std::vector<RoadLine> lines{{{begin, turn, {180.5, 100.5}}, 60, false}, {{turn, end}, 60, false}};
    const Tile times = times_over(grid, lines, {{20, 100}, begin, 0, 0});
    CHECK(times[cell_at(grid, end)] == doctest::Approx((80.4 + 79.7) / 1000).epsilon(0.001));
}

TEST_CASE("on and off a road at any angle by 0.6 cells of other ground at most") {
    const Grid grid = metre_grid(241, 241);
    Random random(8);
    double high = 0, low = 0;
    for (int k = 0; k < 36; ++k) {
        const double angle = k * std::numbers::pi / 36 + 0.003;
        const Point middle{120.5 + random.in(-0.5, 0.5), 120.5 + random.in(-0.5, 0.5)};
        const std::vector<RoadLine> road{{{towards(middle, angle, -100), towards(middle, angle, 100)}, 60, false}};
        for (const double off : {-14.0, 11.0}) {
            const Point wanted = towards(towards(middle, angle, -50), angle + std::numbers::pi / 2, off);
            const Cell start = cell_at(grid, wanted);
            const Point from = grid.centre(start),
                        to = grid.centre(
                            cell_at(grid, towards(towards(middle, angle, 50), angle + std::numbers::pi / 2, -off)));
            const auto across = [&](Point p) {
                return std::abs((p.y - middle.y) * std::cos(angle) - (p.x - middle.x) * std::sin(angle));
            };
            const auto along = [&](Point p) {
                return (p.x - middle.x) * std::cos(angle) + (p.y - middle.y) * std::sin(angle);
            };
            // Refraction at the critical angle: its sine is the road's share of the slowness.
            const double sine = 1 / (off_road * metres_per_minute), cosine = std::sqrt(1 - sine * sine);
            const double truth =
                (across(from) + across(to)) * cosine * off_road + std::abs(along(to) - along(from)) / metres_per_minute;
            const double cells = (times_over(grid, road, {start, from, 0, 0})[cell_at(grid, to)] - truth) / off_road;
            high = std::max(high, cells);
            low = std::min(low, cells);
        }
    }
    MESSAGE("two accesses: ", low, " to ", high, " cells");
    CHECK(high <= 1.2);
    CHECK(low >= -1.2);
}

TEST_CASE("steps lead from cell to touching cell, also along edges, through corners and beyond the grid") {
    const Grid grid = metre_grid(10, 10);
    const auto steps = [&](Path path) { return road_steps(grid, std::vector<RoadLine>{{std::move(path), 60, true}}); };
    const auto diagonal = steps({{0, 10}, {10, 0}});
    REQUIRE(diagonal.size() == 9);
    for (std::size_t i = 0; i < diagonal.size(); ++i) {
        const int k = static_cast<int>(i);
        CHECK(diagonal[i].from == Cell{k, k});
        CHECK(diagonal[i].to == Cell{k + 1, k + 1});
        CHECK(diagonal[i].one_way);
    }
    CHECK(steps({{-5, 5}, {15, 5}}).size() == 9);
    CHECK(steps({{-5, 5}, {15, 5}}).front().from == Cell{0, 5});
    CHECK(steps({{5, 5}, {5, 5}}).empty());
    CHECK(steps({{5, 5}}).empty());
    CHECK(steps({}).empty());
    CHECK(steps({{-5, 5}, {-3, 20}}).empty());
    const auto out_and_in = steps({{5.5, 5.5}, {5.5, 12}, {8.5, 12}, {8.5, 5.5}});
    for (const RoadStep& s : out_and_in)
        CHECK(std::abs(s.from.col - s.to.col) <= 1);
    CHECK(out_and_in.size() == 8);
}

TEST_CASE("a road that weaves over the line between cells goes one way, not to and fro") {
    const Grid grid = metre_grid(100, 10);
    Path path;
    for (int i = 0; i <= 900; ++i)
        path.push_back({5.5 + 0.1 * i, 5 + 0.02 * std::sin(2.0 * i)});
    path.front().y = 4.5;
    CHECK(error_along(grid, {{path, 60, false}}) <= 0.001);
}

TEST_CASE("speeds that are none are refused") {
    const Grid grid = metre_grid(10, 10);
    for (const double speed : {0.0, -5.0, std::nan(""), HUGE_VAL})
        CHECK_THROWS_WITH_AS(road_steps(grid, std::vector<RoadLine>{{{{1, 1}, {5, 5}}, speed, false}}),
                             doctest::Contains("above 0"), Error);
}

TEST_CASE("the ground of steps is the line from where one leads to where it leads") {
    const Grid grid = metre_grid(60, 50);
    const std::vector<RoadLine> lines{{{{3.2, 4.1}, {20.7, 9.9}, {20.7, 30.2}}, 6, false},
                                      {{{20.7, 9.9}, {55.1, 44.3}}, 6, true},
                                      {{{5.3, 41.2}, {20.7, 30.2}}, 6, false}}; // goes on from the first, backwards
    const std::vector<RoadStep> steps = road_steps(grid, lines);
    std::vector<std::size_t> all(steps.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    const std::vector<Path> paths = step_paths(grid, lines, all);
    REQUIRE(paths.size() == steps.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
        double metres = 0;
        for (std::size_t k = 0; k + 1 < paths[i].size(); ++k)
            metres += std::hypot(paths[i][k + 1].x - paths[i][k].x, paths[i][k + 1].y - paths[i][k].y);
        CHECK(metres / 100 == doctest::Approx(steps[i].minutes).epsilon(1e-5)); // 6 km/h
        const Window from =
            grid.cover({paths[i].front().x, paths[i].front().y, paths[i].front().x, paths[i].front().y});
        CHECK(Cell{from.col, from.row} == steps[i].from);
        if (i > 0 && steps[i - 1].to == steps[i].from)
            CHECK(paths[i - 1].back() == paths[i].front());
    }
    const std::vector<std::size_t> some{2, 7};
    CHECK(step_paths(grid, lines, some) == std::vector<Path>{paths[2], paths[7]});
    CHECK(step_paths(grid, lines, {}).empty());
}

TEST_CASE("against traffic the same steps lead back") {
    const std::vector<RoadStep> back =
        against_traffic(std::vector<RoadStep>{{{1, 2}, {2, 3}, 0.5F, true}, {{5, 5}, {5, 4}, 2, false}});
    REQUIRE(back.size() == 2);
    CHECK(back[0].from == Cell{2, 3});
    CHECK(back[0].to == Cell{1, 2});
    CHECK(back[0].minutes == 0.5F);
    CHECK(back[0].one_way);
    CHECK(back[1].to == Cell{5, 5});
    CHECK(!back[1].one_way);
}

TEST_CASE("the cells of steps are those at both their ends") {
    const std::vector<RoadStep> steps{{{3, 1}, {4, 2}}, {{4, 2}, {5, 2}}};
    const RoadCells cells(steps);
    for (const Cell cell : {Cell{3, 1}, {4, 2}, {5, 2}})
        CHECK(cells.contains(cell));
    for (const Cell cell : {Cell{1, 3}, {2, 4}, {3, 2}})
        CHECK_FALSE(cells.contains(cell));
}
