// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_regions.hpp"

#include "rasters/core/parallel.hpp"
#include "rasters/core/stopped.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/relief.hpp"
#include "tests/support/said.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace fs = std::filesystem;

namespace {

/// Something to solve.
struct Task {
    Grid grid;
    Tile ground, heights;
    std::vector<TravelStart> starts;
    std::vector<RoadStep> roads;
    TravelOptions options;
    int tiles_a_side;

    TravelRegions regions(std::string_view key = "travel") const { return {grid, options, key, tiles_a_side}; }
    TravelTimes in_one() const { return travel_times(grid, slowness_of(ground), starts, roads, options); }
    void solve(std::size_t region, const fs::path& folder) const {
        regions().solve(region, folder, slowness_of(ground), starts, roads, options);
    }
};

Cell any_cell(Random& random, const Grid& grid) {
    const int col = random.below(grid.cols);
    return {col, random.below(grid.rows)};
}

// Walks in all directions, over barriers and over the borders of regions.
std::vector<RoadStep> some_roads(Random& random, const Grid& grid) {
    std::vector<RoadStep> roads;
    for (int line = 0; line < 4; ++line) {
        Cell c = any_cell(random, grid);
        const int east = random.below(3) - 1, south = random.below(3) - 1;
        for (int k = 0; k < 60; ++k) {
            const Cell next{c.col + (random.below(3) == 0 ? 0 : east), c.row + (random.below(3) == 0 ? 1 : south)};
            if (grid.window().contains(next))
                roads.push_back({c, next, static_cast<float>(random.in(0, 0.3)), random.below(4) == 0});
            c = grid.window().contains(next) ? next : c;
        }
    }
    return roads;
}

Tile some_heights(Random& random, const Grid& grid) {
    Tile heights(grid.window());
    for (float& z : heights.values())
        z = random.below(40) == 0 ? no_data : static_cast<float>(random.in(0, 0.4));
    return heights;
}

Task some_task(Random& random, int number, const fs::path& scratch) {
    const int cols = 10 + random.below(70);
    Task t{metre_grid(cols, 10 + random.below(70)), {}, {}, {}, {}, {}, 1 + random.below(4)};
    t.ground = random_ground(random, t.grid.cols, t.grid.rows, number % 5);
    for (int k = 0; k < 1 + number % 9; ++k) {
        const Cell c = any_cell(random, t.grid);
        const Point at{c.col + random.in(0, 1), t.grid.rows - c.row - random.in(0, 1)};
        t.starts.push_back({c, at, static_cast<float>(random.below(3)) * 4.0F, random.below(4)});
    }
    if (random.below(2) == 0)
        t.roads = some_roads(random, t.grid);
    t.options.method = static_cast<TravelMethod>(number % 3);
    t.options.cut_corners = random.below(2) == 0;
    t.options.find_targets = random.below(2) == 0;
    t.options.tell_beyond = random.below(4) > 0;
    if (random.below(2) == 0)
        t.options.limit_minutes = random.in(1, 60);
    t.options.tile_cells = 4 + random.below(20);
    t.tiles_a_side = std::max(t.tiles_a_side, 14 / t.options.tile_cells + 1);
    t.options.scratch = scratch;
    return t;
}

/// All that are due, some of them twice at once, until none is; what a process leaves that is killed is no matter.
int solve_all(Random& random, const Task& t, const fs::path& folder) {
    int rounds = 0;
    for (std::vector<std::size_t> due; !(due = t.regions().due(folder)).empty(); ++rounds) {
        CHECK(TravelRegions::due_of(folder, t.regions().size()) == due);
        REQUIRE(rounds < 2000);
        const auto twice = static_cast<std::size_t>(random.below(static_cast<int>(due.size())));
        due.push_back(due[twice]);
        if (random.below(3) == 0)
            due.resize(1 + twice); // the others another time
        in_parallel(due.size(), [&](std::size_t i) { t.solve(due[i], folder); });
        std::ofstream(folder / ".times-0000.tmp-1-00000000") << "cut sho";
    }
    return rounds;
}

bool same(const Task& t, const fs::path& folder) {
    const TravelTimes whole = t.in_one();
    const TravelRegions::Times parts = t.regions().times(folder, 1 + 3 * 65536 * 4);
    bool same = true;
    for (const Window& w : tiles(t.grid.window().grown(3), 41)) {
        same = same && same_bits(parts.times(w), whole.times(w));
        same = same && (!t.options.find_targets || same_bits(parts.allocation(w), whole.allocation(w)));
    }
    return same;
}

} // namespace

TEST_CASE("torture: regions end in the bits of the whole, in whatever order they are solved") {
    const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 4);
    Random random(17);
    int wrong = 0, regions = 0;
    for (int number = 0; number < 90; ++number) {
        const tests::Folder folder;
        Task task = some_task(random, number, folder.path());
        if (random.below(3) == 0) {
            task.heights = some_heights(random, task.grid);
            task.options.relief = relief_of(task.heights);
        }
        fs::create_directory(folder / "regions");
        Random order(static_cast<unsigned>(number)); // how often it is asked depends on the threads
        solve_all(order, task, folder / "regions");
        regions += static_cast<int>(task.regions().size());
        const bool right = same(task, folder / "regions");
        if (!right)
            MESSAGE("task ", number, ", ", task.regions().size(), " regions");
        wrong += !right;
    }
    CHECK(wrong == 0);
    CHECK(regions > 300);
}

TEST_CASE("what is written late, from an older state, is found out and done again") {
    Random random(5);
    int wrong = 0;
    for (int number = 0; number < 15; ++number) {
        const tests::Folder folder;
        const Task task = some_task(random, number, folder.path());
        const fs::path now = folder / "now";
        fs::create_directory(now);
        std::vector<fs::path> states;
        for (std::vector<std::size_t> due; !(due = task.regions().due(now)).empty();) {
            task.solve(due[static_cast<std::size_t>(random.below(static_cast<int>(due.size())))], now);
            if (random.below(5) == 0) {
                states.push_back(folder / fmt::format("{}", states.size()));
                fs::copy(now, states.back());
            }
        }
        for (const fs::path& state : states)
            for (const auto& file : fs::directory_iterator(state))
                if (random.below(4) == 0)
                    fs::copy_file(file, now / file.path().filename(), fs::copy_options::overwrite_existing);
        solve_all(random, task, now);
        wrong += !same(task, now);
    }
    CHECK(wrong == 0);
}

TEST_CASE("a wave comes to a region after the other; what is solved isn't due, nor changed by solving it") {
    const tests::Folder folder;
    Random random(1);
    Task task{metre_grid(200, 8), Tile({0, 0, 200, 8}, 1), {}, {}, {}, {}, 5};
    task.starts = {start_at(task.grid, {2, 3})};
    task.options.tile_cells = 8;
    CHECK(task.regions().size() == 5);
    CHECK(task.regions().window(4) == Window{160, 0, 40, 8});
    CHECK(task.regions().due(folder.path()) == std::vector<std::size_t>{0, 1, 2, 3, 4});
    for (const std::size_t region : {0U, 1U, 2U, 3U, 4U})
        task.solve(region, folder.path()); // one after the other: each sees the one before
    CHECK(task.regions().due(folder.path()) == std::vector<std::size_t>{0, 1, 2, 3}); // which haven't seen the next
    CHECK(solve_all(random, task, folder.path()) > 0);
    CHECK(same(task, folder.path()));
    const auto before = fs::last_write_time(folder / "times-0003");
    task.solve(3, folder.path());
    CHECK(fs::last_write_time(folder / "times-0003") == before);
    fs::remove(folder / "times-0003");
    CHECK(task.regions().due(folder.path()) == std::vector<std::size_t>{2, 3, 4});
    CHECK_THROWS_AS(task.regions().times(folder.path()), Error);
    solve_all(random, task, folder.path());
    CHECK(same(task, folder.path()));
}

TEST_CASE("a file that changes while times are read is told of") {
    const tests::Folder folder;
    Random random(1);
    Task task{metre_grid(100, 8), Tile({0, 0, 100, 8}, 1), {}, {}, {}, {}, 5};
    task.starts = {start_at(task.grid, {2, 3})};
    task.options.tile_cells = 8;
    task.solve(1, folder.path());
    fs::copy_file(folder / "times-0001", folder / "late"); // of who hasn't seen the first
    solve_all(random, task, folder.path());
    const TravelRegions::Times times = task.regions().times(folder.path());
    CHECK(times.times({0, 0, 10, 8})[{2, 3}] == 0);
    fs::rename(folder / "late", folder / "times-0001");
    CHECK_THROWS_WITH_AS(times.times({0, 0, 100, 8}),
                         ((folder / "times-0001").string() + ": changed while it was read").c_str(), Error);
    CHECK(!task.regions().due(folder.path()).empty());
    solve_all(random, task, folder.path());
    CHECK(same(task, folder.path()));
}

TEST_CASE("a file of another field is refused by name, half a file found again") {
    const tests::Folder folder;
    Random random(3);
    const Task task = some_task(random, 0, folder.path());
    fs::create_directory(folder / "regions");
    solve_all(random, task, folder / "regions");
    const std::string path = (folder / "regions/times-0000").string();
    CHECK_THROWS_WITH_AS(task.regions("other").due(folder / "regions"),
                         (path + ": of another field, or another region of it; remove it").c_str(), Error);
    CHECK(TravelRegions::due_of(folder / "regions", task.regions().size()).empty());
    CHECK_THROWS_AS(TravelRegions::due_of(folder / "regions", task.regions().size() + 1), Error);
    for (const std::uintmax_t bytes : {fs::file_size(path) - 1, fs::file_size(path) / 2, std::uintmax_t{0}}) {
        fs::resize_file(path, bytes);
        const auto due = bytes == 0 ? task.regions().due(folder / "regions")
                                    : TravelRegions::due_of(folder / "regions", task.regions().size());
        REQUIRE(!due.empty());
        CHECK(due[0] == 0);
        CHECK_FALSE(fs::exists(path));
        solve_all(random, task, folder / "regions");
        CHECK(same(task, folder / "regions"));
    }
}

TEST_CASE("a file that can't be read just now is not taken for damaged") {
    const tests::Folder folder;
    Random random(1);
    Task task{metre_grid(100, 8), Tile({0, 0, 100, 8}, 1), {}, {}, {}, {}, 5};
    task.starts = {start_at(task.grid, {2, 3})};
    task.options.tile_cells = 8;
    solve_all(random, task, folder.path());
    fs::remove(folder / "times-0001");
    const std::string told = (folder / "times-0000").string() + ": can't be read: Too many open files";
    {
        const tests::WithoutDescriptors none;
        CHECK_THROWS_WITH_AS(task.regions().due(folder.path()), told.c_str(), Unreadable);
        CHECK_THROWS_AS(task.solve(0, folder.path()), Unreadable);
    }
    const std::string read = tests::without(SYS_pread64, EIO, [&] { // it can be opened
        return tests::said([&] { task.regions().due(folder.path()); });
    });
    CHECK(read == (folder / "times-0000").string() + ": can't be read: Input/output error");
    CHECK(fs::exists(folder / "times-0000"));
}

TEST_CASE("who is asked to stop says nothing of the files") {
    const tests::Folder folder;
    Task task{metre_grid(100, 8), Tile({0, 0, 100, 8}, 1), {}, {}, {}, {}, 5};
    task.starts = {start_at(task.grid, {2, 3})};
    task.options.tile_cells = 8;
    task.solve(0, folder.path());
    const fs::path file = folder / "times-0000";
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(60) << "damaged";
    const std::atomic<bool> stop = true;
    task.options.course = Course(stop, {});
    CHECK_THROWS_AS(task.solve(1, folder.path()), Stopped);
    CHECK(fs::exists(file));
}

TEST_CASE("a file with other bytes in its middle is told once, and found again") {
    const tests::Folder folder;
    Random random(1);
    Task task{metre_grid(100, 8), Tile({0, 0, 100, 8}, 1), {}, {}, {}, {}, 5};
    task.starts = {start_at(task.grid, {2, 3})};
    task.options.tile_cells = 8;
    const fs::path file = folder / "times-0000";
    const auto damage = [&] {
        solve_all(random, task, folder.path());
        CHECK(same(task, folder.path()));
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(60) << "damaged"; // of its first tile
        CHECK(task.regions().due(folder.path()).empty());
    };
    damage();
    CHECK_THROWS_WITH_AS(task.regions().times(folder.path()).times({0, 0, 100, 8}), doctest::Contains("times-0000"),
                         Error);
    CHECK_FALSE(fs::exists(file));
    damage();
    fs::remove(folder / "times-0001");
    CHECK_THROWS_WITH_AS(task.solve(0, folder.path()), doctest::Contains("times-0000"), Error);
    CHECK_FALSE(fs::exists(file));
    solve_all(random, task, folder.path());
    CHECK(same(task, folder.path()));
}
