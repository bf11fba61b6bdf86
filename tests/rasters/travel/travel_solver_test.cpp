// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_solver.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <stdexcept>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

/// Something to solve.
struct Task {
    Grid grid;
    Tile ground;
    std::vector<TravelStart> starts;
    std::vector<RoadStep> roads;
    TravelOptions options;
};

Cell any_cell(Random& random, const Grid& grid) {
    const int col = random.below(grid.cols);
    return {col, random.below(grid.rows)};
}

std::vector<RoadStep> some_roads(Random& random, const Grid& grid) {
    std::vector<RoadStep> roads;
    for (int line = 0; line < 3; ++line) {
        Cell c = any_cell(random, grid);
        for (int k = 0; k < 60; ++k) {
            const int dx = random.below(3) - 1;
            const Cell next{c.col + dx, c.row + random.below(3) - 1};
            if (grid.window().contains(next))
                roads.push_back({c, next, static_cast<float>(random.in(0, 0.3)), random.below(4) == 0});
            c = grid.window().contains(next) ? next : c;
        }
    }
    return roads;
}

Task some_task(Random& random, int number) {
    const int cols = 20 + random.below(120);
    Task t{metre_grid(cols, 20 + random.below(120)), {}, {}, {}, {}};
    t.ground = random_ground(random, t.grid.cols, t.grid.rows, number % 5);
    for (int k = 0; k < 1 + number % 7; ++k) {
        const Cell c = any_cell(random, t.grid);
        const Point at{c.col + random.in(0, 1), t.grid.rows - c.row - random.in(0, 1)};
        t.starts.push_back({c, at, random.below(2) * 3.0F, random.below(4)});
    }
    if (random.below(2) == 0)
        t.roads = some_roads(random, t.grid);
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

bool same(const Answer& a, const Answer& b) {
    return same_bits(a.times, b.times) && same_bits(a.targets, b.targets);
}

/// The same task, done in another way.
void vary(Random& random, Task& t) {
    t.options.tile_cells = 5 + random.below(91);
    if (random.below(2) == 0)
        t.options.memory = 1; // only what is being worked on
    if (random.below(2) == 0)
        t.options.kept = 0;
    for (std::size_t i = t.starts.size(); i > 1; --i)
        std::swap(t.starts[i - 1], t.starts[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    std::ranges::reverse(t.roads);
}

TravelOptions by(TravelMethod method) {
    TravelOptions options;
    options.method = method;
    options.find_targets = true;
    return options;
}

} // namespace

TEST_CASE("torture: the same bits for any tiles, threads, memory and order") {
    const tests::Folder folder;
    const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 4);
    Random random(4);
    int wrong = 0;
    for (int number = 0; number < 90; ++number) {
        Task task = some_task(random, number);
        task.options.scratch = folder.path();
        const Answer once = answer(task);
        for (const int threads : {1, 2, 4}) {
            vary(random, task);
            tbb::task_arena arena(threads);
            const bool right = arena.execute([&] { return same(answer(task), once); });
            if (!right)
                MESSAGE("task ", number, ", ", threads, " threads, tiles of ", task.options.tile_cells);
            wrong += !right;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("an eikonal time is never above that of the graph with 16 steps") {
    Random random(9);
    for (int number = 0; number < 10; ++number) {
        Task task = some_task(random, number);
        task.options = {};
        task.options.find_targets = true;
        for (TravelStart& s : task.starts)
            s.at = task.grid.centre(s.cell);
        const Answer fine = answer(task);
        const std::vector<double> graph = brute_force(task.ground, task.starts, task.roads, true, true);
        int above = 0, unlike = 0;
        for (std::size_t i = 0; i < graph.size(); ++i) {
            unlike += std::isnan(fine.times.values()[i]) != std::isnan(graph[i]);
            above += fine.times.values()[i] > graph[i] * (1 + 1e-5);
        }
        CHECK(above == 0);
        CHECK(unlike == 0);
    }
}

TEST_CASE("each cell belongs to the nearest target, the smaller of equals") {
    Random random(31);
    for (int number = 0; number < 12; ++number) {
        const Grid grid = metre_grid(60, 60);
        const Tile ground = random_ground(random, 60, 60, number % 5);
        TravelOptions options = by(number % 2 == 0 ? TravelMethod::grid8 : TravelMethod::grid16);
        options.tile_cells = 16;
        std::vector<TravelStart> starts;
        for (int k = 0; k < 6; ++k)
            starts.push_back(start_at(grid, {random.below(60), random.below(60)}, 5 - k));
        std::vector<std::vector<double>> each(6);
        for (const TravelStart& s : starts)
            each[static_cast<std::size_t>(s.target)] = brute_force(ground, {s}, {}, number % 2 == 1, true);
        const TravelTimes times = travel_times(grid, slowness_of(ground), starts, {}, options);
        const Raster<std::int32_t> targets = times.allocation(grid.window());
        int wrong = 0;
        for (std::size_t i = 0; i < targets.values().size(); ++i) {
            double least = std::nan("");
            for (const std::vector<double>& e : each)
                least = std::fmin(least, e[i]);
            const std::int32_t target = targets.values()[i];
            wrong += std::isnan(least)
                         ? target != -1
                         : target < 0 || !(each[static_cast<std::size_t>(target)][i] <= least * (1 + 1e-5));
        }
        CHECK(wrong == 0);
    }
}

// Steps alone come from one target each, so all at once are as good as the best of each alone, to
// the last bit. Of the eikonal, where waves of two meet, and near starts, whose rays are those of the nearest
// only, a part of a cell is another's.
TEST_CASE("each cell belongs to the target whose own field is the least there") {
    Random random(32);
    for (int number = 0; number < 24; ++number) {
        const Grid grid = metre_grid(70, 60);
        const int kind = number / 3 % 5;
        const Tile ground = random_ground(random, 70, 60, kind);
        TravelOptions options = by(static_cast<TravelMethod>(number % 3));
        const bool steps = options.method != TravelMethod::eikonal, rough = kind == 1 || kind == 3;
        const float part = steps ? 0 : rough ? unreached : kind == 4 ? 1 : 0.35F; ///< a third of the slowest cell
        options.tile_cells = 16;
        std::vector<TravelStart> starts;
        std::vector<Tile> each;
        for (int k = 0; k < 6; ++k) {
            starts.push_back(start_at(grid, {random.below(70), random.below(60)}, k, static_cast<float>(k % 2)));
            each.push_back(
                travel_times(grid, slowness_of(ground), std::vector{starts.back()}, {}, options).times(grid.window()));
        }
        const TravelTimes all = travel_times(grid, slowness_of(ground), starts, {}, options);
        const Tile times = all.times(grid.window());
        const Raster<std::int32_t> targets = all.allocation(grid.window());
        int wrong = 0, other = 0;
        for (std::size_t i = 0; i < targets.values().size(); ++i) {
            float least = no_data;
            for (const Tile& e : each)
                least = std::fmin(least, e.values()[i]);
            const std::int32_t target = targets.values()[i];
            if (target < 0) {
                wrong += !std::isnan(least);
                continue;
            }
            const float own = each[static_cast<std::size_t>(target)].values()[i];
            other += own != least;
            wrong += !(std::abs(times.values()[i] - least) <= part) || !(own - least <= 1.5F * part);
        }
        CHECK(wrong == 0);
        CHECK(other <= (steps ? 0 : 70 * 60 / 50));
    }
}

TEST_CASE("in the middle between two targets the smaller wins, whoever comes first") {
    const Grid grid = metre_grid(41, 41);
    const Tile ground(grid.window(), 1);
    for (const TravelMethod method : {TravelMethod::eikonal, TravelMethod::grid8, TravelMethod::grid16})
        for (const bool swapped : {false, true}) {
            TravelOptions options = by(method);
            options.tile_cells = 11;
            const std::vector<TravelStart> starts{start_at(grid, {10, 20}, swapped),
                                                  start_at(grid, {30, 20}, !swapped)};
            const Raster<std::int32_t> targets =
                travel_times(grid, slowness_of(ground), starts, {}, options).allocation(grid.window());
            int wrong = 0;
            for (int row = 0; row < 41; ++row)
                for (int col = 0; col < 41; ++col)
                    wrong += targets[{col, row}] != (col < 20 ? swapped : col > 20 ? !swapped : 0);
            CHECK(wrong == 0);
        }
}

TEST_CASE("a solve tells what part of all cells has a time, and can be stopped") {
    const Grid grid = metre_grid(90, 70);
    const Tile ground(grid.window(), 1);
    const std::vector<TravelStart> starts{start_at(grid, {5, 5}), start_at(grid, {80, 60}, 1)};
    std::atomic<bool> stop = false;
    double last = 0;
    TravelOptions options;
    options.tile_cells = 10;
    options.limit_minutes = 60;
    options.course = Course(stop, [&](double part) {
        CHECK(part > last);
        CHECK(part <= 1);
        last = part;
    });
    const auto solve = [&] {
        tbb::task_arena(1).execute([&] { travel_times(grid, slowness_of(ground), starts, {}, options); });
    };
    solve();
    CHECK(last > 0.8);
    CHECK(last < 1);
    for (const double enough : {0.0, 0.5}) {
        options.course = Course(stop, [&](double part) { stop = part > enough; });
        CHECK_THROWS_WITH_AS(solve(), "stopped", Error);
        stop = false;
    }
}

TEST_CASE("what goes wrong in one tile reaches the caller") {
    const Grid grid = metre_grid(100, 100);
    const std::vector<TravelStart> starts{start_at(grid, {5, 5})};
    TravelOptions options;
    options.tile_cells = 10;
    const Tile ground(grid.window(), 1);
    const Slowness broken = [&](Window w) {
        if (w.contains({70, 70}))
            throw std::runtime_error("no friction here");
        return slowness_of(ground)(w);
    };
    tbb::task_arena(4).execute(
        [&] { CHECK_THROWS_WITH(travel_times(grid, broken, starts, {}, options), "no friction here"); });
}

TEST_CASE("the ground of each tile is asked for once, where travel comes to it") {
    const Grid grid = metre_grid(100, 50);
    const std::vector<TravelStart> starts{start_at(grid, {5, 5})};
    TravelOptions options;
    options.tile_cells = 25;
    options.limit_minutes = 40;
    Tile ground(grid.window(), 1);
    for (int row = 0; row < 50; ++row)
        ground[{60, row}] = no_data;
    std::mutex mutex;
    std::vector<Window> asked;
    const TravelTimes times = travel_times(
        grid,
        [&](Window w) {
            const std::scoped_lock lock(mutex);
            asked.push_back(w);
            return slowness_of(ground)(w);
        },
        starts, {}, options);
    CHECK(asked.size() == 6); // those east of the wall are not
    CHECK(std::isinf(times.times({59, 5, 1, 1})[{59, 5}]));
    CHECK(std::isnan(times.times({61, 5, 1, 1})[{61, 5}]));
}
