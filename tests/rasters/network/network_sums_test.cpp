// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/network_sums.hpp"

#include "rasters/network/network_times.hpp"
#include "tests/support/random_shapes.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

const OffNetwork off{.minutes_per_metre = 0.01, .within = 400};
const Joining crossings{.join = Join::all_crossings};
const Grid grid{"", 50, 0, -60, 60, 60, {}}; // 0..3000, 0..3000

void all_of_it(std::span<double> far) {
    std::ranges::fill(far, 1.0);
}

void halving(std::span<double> far) {
    for (double& d : far)
        d = std::exp2(-d / 3);
}

std::vector<RoadLine> streets(Random& random) {
    std::vector<RoadLine> lines;
    for (int i = 0; i < 20; ++i) {
        const double at = random.in(0, 3000), from = random.in(0, 1400), to = random.in(1600, 3000),
                     lean = random.in(-300, 300);
        Path path =
            i % 2 == 0 ? Path{{from, at}, {1500, at + lean}, {to, at}} : Path{{at, from}, {at + lean, 1500}, {at, to}};
        if (random.below(2) == 0)
            std::ranges::reverse(path);
        lines.push_back({std::move(path), random.in(10, 90), random.below(2) == 0});
    }
    return lines;
}

std::vector<RoadLine> turned_round(std::vector<RoadLine> lines) {
    for (RoadLine& line : lines)
        std::ranges::reverse(line.path);
    return lines;
}

struct Town {
    std::vector<Point> places;
    std::vector<double> weights;
    double total = 0;

    std::vector<Shape> shapes() const {
        std::vector<Shape> shapes;
        for (const Point p : places)
            shapes.push_back({.points = {p}});
        return shapes;
    }
};

Town some_places(Random& random, int count) {
    Town town;
    for (int i = 0; i < count; ++i) {
        town.places.push_back(random.in(Box{-300, -300, 3300, 3300}));
        town.weights.push_back(random.in(0, 1000));
        town.total += town.weights.back();
    }
    return town;
}

Tile sums(const std::vector<RoadLine>& lines, const Town& town, double limit, const Decay& decay, Course course = {},
          std::uint64_t memory = 1 << 20) {
    const std::vector<Shape> shapes = town.shapes();
    const JoinedNetwork network(lines, addresses(shapes), crossings, off);
    NetworkSumOptions options{.limit_minutes = limit, .memory = memory};
    options.course = std::move(course);
    return network_sums(
               grid, network, town.places, [&](std::size_t i, const NetworkSurroundings&) { return town.weights[i]; },
               town.total, decay, options)
        ->sums(grid.window());
}

/// `network time` to each place, against the traffic, added up by hand; NaN where some
/// minutes are about the limit.
std::vector<double> by_network_times(const std::vector<RoadLine>& lines, const Town& town, double limit,
                                     const Decay& decay) {
    std::vector<double> result(static_cast<std::size_t>(grid.window().size()));
    for (std::size_t i = 0; i < town.places.size(); ++i) {
        const std::vector<Shape> shape{{.points = {town.places[i]}}};
        const Tile minutes =
            NetworkTimes(turned_round(lines), addresses(shape), crossings, off).to_centres(grid, grid.window());
        for (std::size_t k = 0; k < result.size(); ++k) {
            double share = static_cast<double>(minutes.values()[k]);
            if (std::abs(share - limit) < 1e-4)
                result[k] = std::nan("");
            if (!(share <= limit))
                continue;
            decay({&share, 1});
            result[k] += town.weights[i] * share;
        }
    }
    return result;
}

} // namespace

TEST_CASE("sums over streets are those of network times from each place, one-way or not") {
    Random random(8);
    double reached = 0;
    for (int round = 0; round < 6; ++round) {
        const std::vector<RoadLine> lines = streets(random);
        const Town town = some_places(random, 25);
        const double limit = random.in(1, 9);
        const Decay decay = round % 2 == 0 ? Decay(all_of_it) : Decay(halving);
        const Tile found = sums(lines, town, limit, decay);
        const std::vector<double> expected = by_network_times(lines, town, limit, decay);
        for (std::size_t k = 0; k < expected.size(); ++k)
            if (!std::isnan(expected[k])) {
                REQUIRE(static_cast<double>(found.values()[k]) ==
                        doctest::Approx(expected[k]).epsilon(1e-5).scale(town.total / 1000));
                reached += expected[k] > 0;
            }
    }
    CHECK(reached > 5000);
}

TEST_CASE("the same bits for any number of threads, order of places and memory") {
    Random random(2);
    const std::vector<RoadLine> lines = streets(random);
    Town town = some_places(random, 40);
    const Tile first = sums(lines, town, 6, halving);
    std::ranges::reverse(town.places);
    std::ranges::reverse(town.weights);
    tbb::task_arena(1).execute([&] { CHECK(same_bits(sums(lines, town, 6, halving, {}, 1), first)); });
    tbb::task_arena(4).execute([&] { CHECK(same_bits(sums(lines, town, 6, halving), first)); });
}

TEST_CASE("around a place: minutes to any other, none beyond the limit") {
    const std::vector<RoadLine> road{{{{0, 0}, {3000, 0}}, 60, true}};
    const Point home{500, 100};
    const std::vector<Shape> shapes{{.points = {home}}};
    const JoinedNetwork network(road, addresses(shapes), {}, off);
    const NetworkSurroundings around(network, 0, home, 2.5);
    CHECK(around.minutes_to({1500, 0}) == doctest::Approx(1 + 1));
    CHECK(std::isinf(around.minutes_to({2100, 0})));
    CHECK(std::isinf(around.minutes_to({0, 0}))); // against the traffic, and 5 minutes on foot
    CHECK(around.minutes_to({450, 100}) == doctest::Approx(0.5));
    CHECK(around.box().contains({2000, 0}));
    CHECK(!around.box().contains({2000, 500}));
    const Tile minutes = around.to_centres(grid, grid.window());
    for (const Cell cell : {Cell{30, 59}, {9, 57}, {41, 59}})
        if (const double exact = around.minutes_to(grid.centre(cell)); std::isinf(exact))
            CHECK(std::isnan(minutes[cell]));
        else
            CHECK(static_cast<double>(minutes[cell]) == doctest::Approx(exact));
}

TEST_CASE("what a place counts may depend on what is around it") {
    const std::vector<RoadLine> road{{{{0, 25}, {3000, 25}}, 60}};
    const Town town{{{525, 25}, {2525, 25}}, {10, 20}, 30};
    const std::vector<Shape> shapes = town.shapes();
    const JoinedNetwork network(road, addresses(shapes), {}, off);
    const auto weight = [&](std::size_t i, const NetworkSurroundings& around) {
        return town.weights[i] / (1 + (around.minutes_to({1025, 25}) <= 1 ? 4 : 0));
    };
    const auto found = network_sums(grid, network, town.places, weight, town.total, all_of_it, {.limit_minutes = 1.2});
    CHECK(found->sums(grid.window())[{12, 59}] == 2);
    CHECK(found->sums(grid.window())[{45, 59}] == 20);
    CHECK(std::isnan(found->sums({60, 59, 1, 1})[{60, 59}]));
}

TEST_CASE("sums tell how far they are, and end when they are asked to") {
    Random random(2);
    const std::vector<RoadLine> lines = streets(random);
    const Town town = some_places(random, 40);
    std::atomic<bool> stop = false;
    std::atomic<double> most = 0;
    sums(lines, town, 6, halving, Course(stop, [&](double part) { most = std::max(most.load(), part); }));
    CHECK(most == 1);
    stop = true;
    CHECK_THROWS_WITH(sums(lines, town, 6, halving, Course(stop, {})), "stopped");
}
