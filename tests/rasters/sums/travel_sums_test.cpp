// SPDX-License-Identifier: Apache-2.0
#include "rasters/sums/travel_sums.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/relief.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

void all_of_it(std::span<double> far) {
    std::ranges::fill(far, 1.0);
}

void halving(std::span<double> far) {
    for (double& d : far)
        d = std::exp2(-d / 8);
}

std::vector<TravelWeight> some_weights(Random& random, const Grid& grid, int count) {
    std::vector<TravelWeight> weights;
    for (int i = 0; i < count; ++i)
        weights.push_back({{random.below(grid.cols), random.below(grid.rows)}, random.in(0, 1000)});
    return weights;
}

std::vector<RoadStep> some_roads(Random& random, const Grid& grid, int count) {
    std::vector<RoadStep> roads;
    for (int i = 0; i < count; ++i) {
        const Cell from{1 + random.below(grid.cols - 2), 1 + random.below(grid.rows - 2)};
        roads.push_back({from,
                         {from.col + 1, from.row + 1 - random.below(3)},
                         static_cast<float>(random.in(0.1, 1)),
                         random.below(2) == 0});
    }
    return roads;
}

TravelSumOptions within(double minutes, double fastest = 1) {
    return {.limit_minutes = minutes, .fastest = fastest};
}

bool on_road(Cell c, const std::vector<RoadStep>& roads) {
    return std::ranges::any_of(roads, [&](const RoadStep& r) { return r.from == c || r.to == c; });
}

/// One solve for each weight over the whole grid, without a limit.
std::vector<double> brute_sums(const Grid& grid, const Tile& ground, const std::vector<RoadStep>& roads,
                               const std::vector<TravelWeight>& weights, double limit, bool decays) {
    std::vector<double> sums(ground.values().size(), 0.0);
    for (const TravelWeight& w : weights) {
        const auto passes = [&](Cell c) { return grid.window().contains(c) && (ground[c] >= 0 || on_road(c, roads)); };
        const auto from = nearest_ground(w.cell, passes);
        if (!from)
            continue;
        const std::vector<TravelStart> start{start_at(grid, *from)};
        const Tile t = travel_times(grid, slowness_of(ground), start, roads, {}).times(grid.window());
        for (std::size_t i = 0; i < sums.size(); ++i)
            if (t.values()[i] <= limit)
                sums[i] += w.weight * (decays ? std::exp2(-static_cast<double>(t.values()[i]) / 8) : 1);
    }
    return sums;
}

Tile summed(const Grid& grid, const Tile& ground, const std::vector<RoadStep>& roads,
            const std::vector<TravelWeight>& weights, const Decay& decay, const TravelSumOptions& options) {
    return travel_sums(grid, slowness_of(ground), roads, weights, decay, options).sums(grid.window());
}

} // namespace

TEST_CASE("the sums of one solve for each weight, on any ground, with roads, however wrong `fastest` is") {
    Random random(11);
    for (int kind = 0; kind < 5; ++kind) {
        const Grid grid = metre_grid(45 + 3 * kind, 38);
        const Tile ground = random_ground(random, grid.cols, grid.rows, kind);
        const std::vector<RoadStep> roads = some_roads(random, grid, 40);
        const std::vector<TravelWeight> weights = some_weights(random, grid, 25);
        for (const bool decays : {false, true})
            for (const double fastest : {0.01, 1.0, 100.0}) {
                CAPTURE(kind);
                const double limit = kind == 1 ? 60 : 9;
                const Tile sums = summed(grid, ground, roads, weights, decays ? Decay(halving) : Decay(all_of_it),
                                         within(limit, fastest));
                const std::vector<double> truth = brute_sums(grid, ground, roads, weights, limit, decays);
                for (int row = 0; row < grid.rows; ++row)
                    for (int col = 0; col < grid.cols; ++col) {
                        const Cell c{col, row};
                        const bool known = ground[c] >= 0 || on_road(c, roads);
                        REQUIRE(std::isnan(sums[c]) == !known);
                        if (known)
                            REQUIRE(static_cast<double>(sums[c]) ==
                                    doctest::Approx(truth[static_cast<std::size_t>(row * grid.cols + col)]));
                    }
            }
    }
}

TEST_CASE("at one speed everywhere, what lies in a disc") {
    const Grid grid = metre_grid(601, 601);
    const Tile ground(grid.window(), 1);
    std::vector<TravelWeight> weights;
    for (int i = 0; i < 12; ++i)
        weights.push_back({{20 + 50 * i, 590 - 45 * i}, 1.0 + i});
    const double radius = 120;
    const Tile sums = summed(grid, ground, {}, weights, all_of_it, within(radius));
    double counted = 0, in_discs = 0;
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col) {
            counted += static_cast<double>(sums[{col, row}]);
            for (const TravelWeight& w : weights)
                in_discs += std::hypot(col - w.cell.col, row - w.cell.row) <= radius ? w.weight : 0;
        }
    CHECK(counted == doctest::Approx(in_discs).epsilon(0.01)); // 0.5 % of the radius
    const Tile one = summed(grid, ground, {}, std::vector<TravelWeight>{{{300, 300}, 1}}, all_of_it, within(radius));
    double area = 0;
    for (const float v : one.values())
        area += static_cast<double>(v);
    CHECK(area == doctest::Approx(std::numbers::pi * radius * radius).epsilon(0.01));
}

TEST_CASE("the same bits for any threads and order of weights, and with little memory") {
    Random random(3);
    const Grid grid = metre_grid(600, 500);
    const Tile ground = random_ground(random, grid.cols, grid.rows, 3);
    std::vector<TravelWeight> weights = some_weights(random, grid, 60);
    const Tile first = summed(grid, ground, {}, weights, halving, within(30));
    std::ranges::reverse(weights);
    for (const int threads : {1, 2, 4}) {
        tbb::task_arena arena(threads);
        arena.execute([&] {
            TravelSumOptions options = within(30);
            options.memory = threads == 2 ? 1 : options.memory;
            options.scratch = std::filesystem::temp_directory_path();
            CHECK(same_bits(summed(grid, ground, {}, weights, halving, options), first));
        });
    }
}

TEST_CASE("weights of one cell are one, zero is nothing, and nothing is 0") {
    const Grid grid = metre_grid(20, 20);
    const Tile ground(grid.window(), 1);
    const std::vector<TravelWeight> apart{{{4, 4}, 1}, {{9, 9}, 0}, {{4, 4}, 2.5}, {{4, 4}, 4}},
        together{{{4, 4}, 7.5}};
    CHECK(same_bits(summed(grid, ground, {}, apart, all_of_it, within(5)),
                    summed(grid, ground, {}, together, all_of_it, within(5))));
    const Tile none = summed(grid, ground, {}, {}, all_of_it, within(5));
    CHECK(std::ranges::count(none.values(), 0.0F) == 400);
    const TravelSums sums = travel_sums(grid, slowness_of(ground), {}, together, all_of_it, within(5));
    CHECK(std::isnan(sums.sums({-1, 0, 2, 1})[{-1, 0}]));
    CHECK(sums.sums({4, 4, 1, 1})[{4, 4}] == 7.5F);
}

TEST_CASE("a weight in the water begins at the nearest shore, one far out nowhere") {
    const Grid grid = metre_grid(30, 5);
    Tile ground(grid.window(), 1);
    for (int row = 0; row < 5; ++row)
        for (int col = 10; col < 20; ++col)
            ground[{col, row}] = no_data;
    const Tile near = summed(grid, ground, {}, std::vector<TravelWeight>{{{12, 2}, 5}}, all_of_it, within(3));
    CHECK(near[{9, 2}] == 5);
    CHECK(near[{6, 2}] == 5);
    CHECK(near[{5, 2}] == 0);
    CHECK(near[{21, 2}] == 0);
    CHECK(std::isnan(near[{12, 2}]));
    const Tile far = summed(grid, ground, {}, std::vector<TravelWeight>{{{14, 2}, 5}}, all_of_it, within(30));
    CHECK(far[{9, 2}] == 0);
    CHECK(nearest_ground({3, 3}, [](Cell) { return true; }) == Cell{3, 3});
    CHECK(nearest_ground({3, 3}, [](Cell c) { return c.col != 3; }) == Cell{2, 3});
    CHECK(!nearest_ground({3, 3}, [](Cell c) { return c.col > 7; }));
}

TEST_CASE("one-way roads lead on from a weight, not back to it") {
    const Grid grid = metre_grid(40, 3);
    const Tile ground(grid.window(), 10);
    std::vector<RoadStep> roads;
    for (int col = 0; col < 39; ++col)
        roads.push_back({{col, 1}, {col + 1, 1}, 0.1F, true});
    const Tile sums = summed(grid, ground, roads, std::vector<TravelWeight>{{{20, 1}, 1}}, all_of_it, within(2.05));
    CHECK(sums[{39, 1}] == 1);
    CHECK(sums[{19, 1}] == 0);
}

TEST_CASE("weights that can't be used are told; what each costs") {
    const Grid grid = metre_grid(100, 50);
    const Tile ground(grid.window(), 1);
    for (const TravelWeight& bad : std::vector<TravelWeight>{
             {{100, 0}, 1}, {{0, -1}, 1}, {{0, 0}, -1}, {{0, 0}, std::nan("")}, {{0, 0}, HUGE_VAL}})
        CHECK_THROWS_AS(summed(grid, ground, {}, std::vector<TravelWeight>{bad}, all_of_it, within(5)), Error);
    CHECK_THROWS_WITH_AS(summed(grid, ground, {}, std::vector<TravelWeight>{{{0, 7}, -1}}, all_of_it, within(5)),
                         "a weight of -1 at column 0, row 7: it has to be a number of 0 or more, on the grid", Error);
    CHECK(cells_in_reach(grid, within(10)) == 33.0 * 33);
    CHECK(cells_in_reach(grid, within(1000)) == 5000);
}

TEST_CASE("over slopes the sums are those of one solve for each weight, going down to the cells or up") {
    Random random(12);
    const Grid grid = metre_grid(60, 44);
    const Tile ground = random_ground(random, grid.cols, grid.rows, 4);
    Tile elevation(grid.window());
    for (int y = 0; y < grid.rows; ++y)
        for (int x = 0; x < grid.cols; ++x)
            elevation[{x, y}] = static_cast<float>(0.15 * x + std::sin(y * 0.3));
    const auto relief = relief_of(elevation);
    relief->waits = {{{30, 20}, 6}, {{31, 20}, 6}};
    std::vector<TravelWeight> weights;
    for (const Cell c : {Cell{8, 9}, {30, 20}, {50, 40}})
        if (ground[c] >= 0)
            weights.push_back({c, 1 + c.col * 2.0});
    REQUIRE(weights.size() > 1);
    TravelSumOptions options = within(14, 2);
    options.relief = relief;
    const Tile sums = summed(grid, ground, {}, weights, all_of_it, options);
    std::vector<double> expected(ground.values().size(), 0.0);
    TravelOptions alone;
    alone.relief = relief;
    for (const TravelWeight& w : weights) {
        const Tile t = travel_times(grid, slowness_of(ground), std::vector{start_at(grid, w.cell)}, {}, alone)
                           .times(grid.window());
        for (std::size_t i = 0; i < expected.size(); ++i)
            expected[i] += t.values()[i] <= 14 ? w.weight : 0;
    }
    int wrong = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        wrong += ground.values()[i] >= 0 && std::abs(static_cast<double>(sums.values()[i]) - expected[i]) > 1e-4;
    CHECK(wrong == 0);
}
