// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/directed_spreading.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/relief.hpp"

#include <doctest/doctest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

double trucks(double slope) {
    return std::max(0.0, 1 - std::abs(slope) / 0.3);
}

Tile random_relief(Random& random, int cols, int rows, int kind) {
    Tile elevation({0, 0, cols, rows});
    const double steep = random.in(0.02, 0.6);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x) {
            const double smooth = 10 * steep * std::sin(x * 0.11) * std::cos(y * 0.09);
            const bool unknown = kind == 3 && random.below(40) == 0;
            elevation[{x, y}] = unknown ? no_data : static_cast<float>(smooth + (kind > 0) * random.in(0, steep));
        }
    return elevation;
}

struct Task {
    Grid grid;
    Tile ground, elevation;
    std::vector<TravelStart> starts;
    std::vector<RoadStep> roads;
    TravelOptions options;
};

Task some_task(Random& random, int number) {
    const int cols = 20 + random.below(90), rows = 20 + random.below(90);
    Task t{metre_grid(cols, rows),
           random_ground(random, cols, rows, number % 5),
           random_relief(random, cols, rows, number % 4),
           {},
           {},
           {}};
    for (int k = 0; k < 1 + number % 5; ++k) {
        const Cell c{random.below(cols), random.below(rows)};
        t.starts.push_back({c, {c.col + random.in(0, 1), rows - c.row - random.in(0, 1)}, random.below(2) * 3.0F, k});
    }
    for (int x = 2; x + 3 < cols && number % 2 == 0; ++x)
        t.roads.push_back({{x, rows / 2}, {x + 1, rows / 2 + x % 2}, 0.1F, x % 5 == 0});
    t.options.method = static_cast<TravelMethod>(number % 3);
    t.options.cut_corners = random.below(2) == 0;
    t.options.find_targets = true;
    if (random.below(3) == 0)
        t.options.limit_minutes = random.in(1, 60);
    return t;
}

struct Answer {
    Tile times;
    Raster<std::int32_t> targets;
};

Answer answer(const Task& t) {
    const TravelTimes times = travel_times(t.grid, slowness_of(t.ground), t.starts, t.roads, t.options);
    return {times.times(t.grid.window()), times.allocation(t.grid.window())};
}

/// Rise over run to the east and to the north.
Tile even_slope(const Grid& grid, double east, double north) {
    Tile elevation(grid.window());
    for (int y = 0; y < grid.rows; ++y)
        for (int x = 0; x < grid.cols; ++x)
            elevation[{x, y}] = static_cast<float>(east * x - north * y);
    return elevation;
}

/// Of the time, in percent.
struct Errors {
    double least = 0, most = 0, mean = 0;
};

Errors errors_on(double slope, double turn, double (*factor)(double)) {
    const int side = 121, middle = side / 2;
    const Grid grid = metre_grid(side, side);
    const double east = slope * std::cos(turn), north = slope * std::sin(turn);
    const Tile ground(grid.window(), 1), elevation = even_slope(grid, east, north);
    TravelOptions options;
    options.relief = relief_of(elevation, factor);
    const Tile times =
        travel_times(grid, slowness_of(ground), std::vector{start_at(grid, {middle, middle})}, {}, options)
            .times(grid.window());
    const EvenSlope exact(east, north, factor);
    Errors errors;
    int cells = 0;
    for (int y = 0; y < side; ++y)
        for (int x = y % 3; x < side; x += 3)
            if (std::hypot(x - middle, y - middle) >= 10) {
                const double off =
                    100 * (static_cast<double>(times[{x, y}]) / exact.minutes(x - middle, middle - y) - 1);
                errors = {std::min(errors.least, off), std::max(errors.most, off), errors.mean + off};
                ++cells;
            }
    errors.mean /= cells;
    return errors;
}

} // namespace

TEST_CASE("torture: the same bits over slopes for any tiles, threads, memory and order") {
    const tests::Folder folder;
    const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 4);
    Random random(14);
    int wrong = 0, homeless = 0;
    for (int number = 0; number < 60; ++number) {
        Task task = some_task(random, number);
        task.options.scratch = folder.path();
        const auto relief = relief_of(task.elevation, number % 2 == 0 ? tobler : trucks);
        relief->waits = {{task.starts.front().cell, 2}, {{5, 7}, 3}};
        task.options.relief = relief;
        const Answer once = answer(task);
        for (std::size_t i = 0; i < once.targets.values().size(); ++i)
            homeless += std::isfinite(once.times.values()[i]) && once.targets.values()[i] < 0;
        for (const int threads : {1, 2, 4}) {
            task.options.tile_cells = 5 + random.below(91);
            if (random.below(2) == 0)
                task.options.memory = 1;
            std::ranges::reverse(task.starts);
            std::ranges::reverse(task.roads);
            tbb::task_arena arena(threads);
            const Answer again = arena.execute([&] { return answer(task); });
            wrong += !same_bits(again.times, once.times) || !same_bits(again.targets, once.targets);
        }
    }
    CHECK(wrong == 0);
    CHECK(homeless == 0);
}

TEST_CASE("steps over slopes are the shortest ways of a directed graph; the eikonal is never above") {
    Random random(15);
    int wrong = 0, above = 0, lost = 0;
    for (int number = 0; number < 24; ++number) {
        Task task = some_task(random, number);
        for (TravelStart& s : task.starts)
            s.at = task.grid.centre(s.cell);
        double (*factor)(double) = number % 2 == 0 ? tobler : trucks;
        // Where next to nothing is left of the speed, the last bit of a slope is much of it.
        const double off = number % 2 == 0 ? 1e-5 : 1e-3;
        TravelOptions options;
        options.relief = relief_of(task.elevation, factor);
        for (const bool knights : {false, true}) {
            const auto exact = brute_force_uphill(task.ground, task.elevation, factor, task.starts, knights);
            options.method = knights ? TravelMethod::grid16 : TravelMethod::grid8;
            const Tile steps =
                travel_times(task.grid, slowness_of(task.ground), task.starts, {}, options).times(task.grid.window());
            options.method = TravelMethod::eikonal;
            const Tile fine =
                travel_times(task.grid, slowness_of(task.ground), task.starts, {}, options).times(task.grid.window());
            for (std::size_t i = 0; i < exact.size(); ++i) {
                const double time = steps.values()[i];
                lost += std::isnan(time) != std::isnan(exact[i]);
                wrong += std::abs(time - exact[i]) > off * exact[i];
                above += fine.values()[i] > exact[i] * (1 + off);
            }
        }
    }
    CHECK(lost == 0);
    CHECK(wrong == 0);
    CHECK(above == 0);
}

TEST_CASE("on an even slope times are those of the straight or zigzag way") {
    for (const double turn : {0.0, 0.4, 0.7}) {
        const Errors level = errors_on(0, turn, tobler), gentle = errors_on(0.05, turn, tobler),
                     hill = errors_on(0.1, turn, tobler), steep = errors_on(0.3, turn, tobler);
        CHECK(level.most < 0.25);
        CHECK(gentle.most < 0.3);
        CHECK(hill.most < 1.8); // along the fastest ways, 5 % downhill, where two waves meet in an edge
        CHECK(hill.mean < 0.15);
        CHECK(steep.most < 6);
        CHECK(steep.mean < 0.25);
        for (const Errors& e : {level, gentle, hill, steep})
            CHECK(e.least > -0.01);
    }
}

TEST_CASE("up takes longer than down, and least is 5 % downhill") {
    const Grid grid = metre_grid(41, 3);
    const Tile ground(grid.window(), 1), elevation = even_slope(grid, 0.05, 0);
    TravelOptions options;
    options.relief = relief_of(elevation);
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16}) {
        options.method = method;
        const Tile times = travel_times(grid, slowness_of(ground), std::vector{start_at(grid, {20, 1})}, {}, options)
                               .times(grid.window());
        CHECK(static_cast<double>(times[{40, 1}]) == doctest::Approx(20 * std::exp(0.175)));
        CHECK(static_cast<double>(times[{0, 1}]) == doctest::Approx(20 * std::exp(-0.175)));
    }
}

TEST_CASE("what is too steep one way is gone the other way, and beyond the limit is told from nowhere") {
    const Grid grid = metre_grid(30, 9);
    const Tile ground(grid.window(), 1);
    Tile elevation(grid.window());
    for (int y = 0; y < 9; ++y)
        for (int x = 15; x < 30; ++x)
            elevation[{x, y}] = 2;
    TravelOptions options;
    options.limit_minutes = 8;
    options.relief = relief_of(elevation, [](double slope) { return slope > 0.4 ? 0.0 : 1.0; });
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16}) {
        options.method = method;
        const auto from = [&](int col) {
            return travel_times(grid, slowness_of(ground), std::vector{start_at(grid, {col, 4})}, {}, options)
                .times(grid.window());
        };
        const Tile up = from(12), down = from(17);
        CHECK(std::isnan(up[{16, 4}]));
        CHECK(std::isinf(up[{2, 4}]));
        CHECK(std::isfinite(down[{12, 4}]));
        CHECK(std::isinf(down[{2, 4}]));
    }
}

TEST_CASE("a wait is the same on any slope, each half of it on one side") {
    const Grid grid = metre_grid(21, 1);
    const Tile ground(grid.window(), 1), elevation = even_slope(grid, 0.2, 0);
    const auto minutes = [&](std::vector<TravelWait> waits, TravelMethod method) {
        const auto relief = relief_of(elevation);
        relief->waits = std::move(waits);
        TravelOptions options;
        options.method = method;
        options.exact_start_cells = 4;
        options.relief = relief;
        return travel_times(grid, slowness_of(ground), std::vector{start_at(grid, {0, 0})}, {}, options)
            .times(grid.window());
    };
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8}) {
        const Tile without = minutes({}, method), with = minutes({{{2, 0}, 30}, {{10, 0}, 7}}, method);
        CHECK(static_cast<double>(with[{2, 0}] - without[{2, 0}]) == doctest::Approx(15));
        CHECK(static_cast<double>(with[{5, 0}] - without[{5, 0}]) == doctest::Approx(30));
        CHECK(static_cast<double>(with[{20, 0}] - without[{20, 0}]) == doctest::Approx(37));
    }
}
