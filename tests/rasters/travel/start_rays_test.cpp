// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/start_rays.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("a ray costs the integral over the cells that it crosses") {
    Random random(4);
    const Tile ground = random_ground(random, 40, 40, 1);
    double most = 0;
    for (int number = 0; number < 300; ++number) {
        const Cell from{random.below(40), random.below(40)}, to{random.below(40), random.below(40)};
        const Point at{from.col + random.in(0, 1), from.row + random.in(0, 1)}, end{to.col + 0.5, to.row + 0.5};
        constexpr int n = 20'000; // midpoint rule: off by a slice of a cell at each edge
        double sum = 0;
        for (int i = 0; i < n; ++i) {
            const double t = (i + 0.5) / n;
            sum += ground[{static_cast<int>(at.x + t * (end.x - at.x)), static_cast<int>(at.y + t * (end.y - at.y))}];
        }
        const double length = std::hypot(end.x - at.x, end.y - at.y), wanted = sum / n * length;
        most = std::max(most, std::abs(ray_minutes(ground, from, at, to, true) - wanted) / (403.5 * length / n * 80));
    }
    CHECK(most <= 1);
}

TEST_CASE("a ray ends at barriers, and between two that touch unless it may pass") {
    Tile ground({0, 0, 5, 5}, 1);
    ground[{2, 1}] = no_data;
    CHECK(ray_minutes(ground, {0, 0}, {0.5, 0.5}, {0, 0}, true) == 0);
    CHECK(ray_minutes(ground, {0, 0}, {0, 0.5}, {0, 0}, true) == 0.5);
    CHECK(std::isinf(ray_minutes(ground, {0, 1}, {0.5, 1.5}, {4, 1}, true)));
    CHECK(std::isinf(ray_minutes(ground, {0, 1}, {0.5, 1.5}, {2, 1}, true)));
    CHECK(std::isinf(ray_minutes(ground, {2, 1}, {3.0, 1.5}, {3, 1}, true)));
    CHECK(ray_minutes(ground, {3, 1}, {3.0, 1.5}, {4, 1}, true) == 1.5);
    CHECK(ray_minutes(ground, {1, 1}, {1.5, 1.5}, {2, 2}, false) == doctest::Approx(std::sqrt(2)));
    ground[{1, 2}] = no_data;
    CHECK(ray_minutes(ground, {1, 1}, {1.5, 1.5}, {2, 2}, true) == doctest::Approx(std::sqrt(2)));
    CHECK(std::isinf(ray_minutes(ground, {1, 1}, {1.5, 1.5}, {2, 2}, false)));
}

TEST_CASE("a line starts at its vertices, and nearest to the centres of its cells") {
    const Grid grid = metre_grid(20, 20);
    const std::vector<TravelStart> starts = starts_along(grid, {{2.2, 5.3}, {8.7, 5.3}, {8.7, 30}}, 7);
    std::set<std::pair<int, int>> cells;
    int vertices = 0;
    for (const TravelStart& s : starts) {
        CHECK(grid.box({s.cell.col, s.cell.row, 1, 1}).contains(s.at));
        CHECK(s.target == 7);
        CHECK(s.minutes == 0);
        cells.insert({s.cell.col, s.cell.row});
        vertices += s.at == Point{2.2, 5.3} || s.at == Point{8.7, 5.3};
    }
    CHECK(cells.size() == 7 + 14);
    CHECK(vertices >= 2);
    CHECK(std::ranges::count(starts, Point{5.5, 5.3}, &TravelStart::at) == 1);
}

TEST_CASE("cells get the time of the nearest start, and of later ones that are nearer, in any tiles") {
    const Grid grid = metre_grid(50, 50);
    const Tile ground(grid.window(), 2);
    Random random(7);
    std::vector<TravelStart> starts;
    for (int k = 0; k < 12; ++k)
        starts.push_back(start_at(grid, {random.below(50), random.below(50)}, k, static_cast<float>(random.below(3))));
    for (const int side : {6, 50}) {
        const Tiling tiling(grid, side);
        const StartIndex index(grid, tiling, starts, 8);
        Tile least(grid.window(), std::numeric_limits<float>::infinity());
        for (std::size_t tile = 0; tile < tiling.size(); ++tile)
            if (index.near(tile))
                index.arrivals(tile, ground, true, [&](Cell c, float t, std::int32_t) {
                    CHECK(tiling.of(c) == tile);
                    CHECK(t >= index.earliest(tile));
                    least[c] = std::min(least[c], t);
                });
        int wrong = 0;
        for (int row = 0; row < 50; ++row)
            for (int col = 0; col < 50; ++col) {
                double wanted = std::numeric_limits<double>::infinity();
                for (const TravelStart& s : starts)
                    if (const double d = std::hypot(s.cell.col - col, s.cell.row - row); d <= 8)
                        wanted = std::min(wanted, s.minutes + 2 * d);
                wrong += !(std::abs(least[{col, row}] - wanted) <= 1e-5) &&
                         !(std::isinf(wanted) && std::isinf(least[{col, row}]));
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("all around which others start reach their own cells only") {
    const Grid grid = metre_grid(30, 30);
    const Tile ground(grid.window(), 1);
    std::vector<TravelStart> starts;
    for (int k = 0; k < 25; ++k)
        starts.push_back(start_at(grid, {10 + k % 5, 10 + k / 5}, k));
    const Tiling tiling(grid, 30);
    std::map<std::int32_t, int> cells;
    StartIndex(grid, tiling, starts, 5).arrivals(0, ground, true, [&](Cell, float, std::int32_t target) {
        ++cells[target];
    });
    CHECK(cells.size() == 25);
    CHECK(cells[12] == 1);
    CHECK(cells[0] > 10);
}

TEST_CASE("starts that make no sense are refused") {
    const Grid grid = metre_grid(10, 10);
    const Tiling tiling(grid, 5);
    const auto index = [&](TravelStart s) { return StartIndex(grid, tiling, std::vector{s}, 3); };
    CHECK_THROWS_WITH_AS(index({{-1, 0}, {}, 0, 0}), doctest::Contains("outside the grid"), Error);
    CHECK_THROWS_WITH_AS(index({{0, 0}, {}, no_data, 0}), doctest::Contains("nan minutes"), Error);
    CHECK_THROWS_WITH_AS(index({{0, 0}, {}, 0, -2}), doctest::Contains("target -2"), Error);
}
