// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/approaches.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"
#include "tests/support/random_shapes.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const OffNetwork walking{.minutes_per_metre = 0.012, .within = 300};

std::vector<Approach> random_approaches(tests::Random& random, int roads, double side) {
    std::vector<Approach> approaches;
    for (int i = 0; i < roads; ++i) {
        const Path path = tests::road(random, random.in(Box{0, 0, side, side}), 8, 120);
        double minutes = random.in(0, 30);
        const double rise = random.below(6) == 0 ? random.in(0.01, 0.02) : random.in(0.0005, 0.003);
        for (std::size_t k = 0; k + 1 < path.size(); ++k) {
            approaches.push_back({{path[k], path[k + 1]}, minutes, rise});
            minutes += rise * std::hypot(path[k + 1].x - path[k].x, path[k + 1].y - path[k].y);
        }
    }
    for (int i = 0; i < 3; ++i) {
        const Point p = random.in(Box{0, 0, side, side});
        approaches.push_back({{p, p}, 0, 0});
    }
    return approaches;
}

/// Minutes by trying many places of a stretch; never too few.
double tried(const Approach& approach, const OffNetwork& off, Point from, int places) {
    const auto [a, b] = approach.segment;
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    double least = HUGE_VAL;
    for (int i = 0; i <= places; ++i) {
        const double part = static_cast<double>(i) / places;
        const double metres = std::hypot(a.x + part * (b.x - a.x) - from.x, a.y + part * (b.y - a.y) - from.y);
        if (metres <= off.within)
            least = std::min(least, approach.minutes + part * length * approach.minutes_per_metre +
                                        metres * off.minutes_per_metre);
    }
    return least;
}

} // namespace

TEST_CASE("onto a stretch at the best place") {
    tests::Random random(2);
    int reached = 0;
    for (int i = 0; i < 300; ++i) {
        const Approach approach = random_approaches(random, 1, 200)[static_cast<std::size_t>(random.below(8))];
        const Point from = random.in(Box{-200, -200, 400, 400});
        const double minutes = minutes_by(approach, walking, from), by_trying = tried(approach, walking, from, 4000);
        CHECK(minutes <= by_trying + 1e-12);
        if (std::isfinite(by_trying))
            CHECK(minutes == doctest::Approx(by_trying).epsilon(1e-4));
        reached += std::isfinite(by_trying);
    }
    CHECK(reached > 100);
}

TEST_CASE("a road is met aslant, as light is refracted") {
    const OffNetwork off{.minutes_per_metre = 0.012, .within = 5000};
    const Approach road{{{0, 0}, {10000, 0}}, 0, 0.006}; // twice as fast: at 30 degrees
    const double aside = 300 * std::tan(std::asin(0.5));
    const double minutes = 0.006 * (4000 - aside) + 0.012 * 300 / std::cos(std::asin(0.5));
    CHECK(minutes_by(road, off, {4000, 300}) == doctest::Approx(minutes).epsilon(1e-14));
    CHECK(minutes_by(road, off, {-30, 40}) == doctest::Approx(50 * 0.012));
    const Approach slow{{{0, 0}, {10000, 0}}, 5, 0.02}; // sooner across the fields
    CHECK(minutes_by(slow, off, {300, 400}) == doctest::Approx(5 + 500 * 0.012));
    CHECK(minutes_by(slow, off, {300, 0}) == doctest::Approx(5 + 300 * 0.012));
    CHECK(minutes_by({{{7, 7}, {7, 7}}, 2, 0}, off, {10, 11}) == doctest::Approx(2 + 5 * 0.012));
    CHECK(std::isinf(minutes_by(road, off, {4000, 5001})));
    CHECK(minutes_by(road, {0.012, 300}, {4000, 300}) == doctest::Approx(0.006 * 4000 + 0.012 * 300));
}

TEST_CASE("cells take the least of all, whatever the tile, limit or processor") {
    tests::Random random(9);
    for (const double cell : {7.0, 40.0}) {
        const std::vector<Approach> approaches = random_approaches(random, 25, 2500);
        const int side = static_cast<int>(3000 / cell);
        const Grid grid = grid_over({-200, -200, side * cell - 200, side * cell - 200}, cell, "", {});
        const Approaches index(approaches, walking);
        const Tile all = index.to_centres(grid, grid.window());
        int reached = 0, lost = 0;
        for (int row = 0; row < grid.rows; row += cell < 10 ? 5 : 1)
            for (int col = 0; col < grid.cols; ++col) {
                double least = HUGE_VAL;
                for (const Approach& approach : approaches)
                    least = std::min(least, minutes_by(approach, walking, grid.centre({col, row})));
                const float expected = std::isinf(least) ? no_data : static_cast<float>(least);
                const float found = all[{col, row}];
                const bool same = found == expected || (std::isnan(found) && std::isnan(expected));
                if (!same)
                    CHECK(found == expected);
                reached += same && !std::isnan(found);
                lost += std::isnan(found);
            }
        CHECK(reached > 1000);
        CHECK(lost > 100);

        const Tile limited = index.to_centres(grid, grid.window(), 12);
        bool clipped = true;
        for (std::size_t i = 0; i < all.values().size(); ++i)
            clipped =
                clipped && (std::isnan(all.values()[i]) ? std::isnan(limited.values()[i])
                                                        : limited.values()[i] == std::min(all.values()[i], 12.0F));
        CHECK(clipped);
        for (const int tile : {1, 13, 50})
            for (const Window& w : tiles(grid.window(), tile == 1 ? 40 : tile)) {
                const Window part = tile == 1 ? Window{w.col + 3, w.row + 5, 1, 1} : w;
                if (grid.window().contains({part.col, part.row}))
                    REQUIRE(tests::same_bits(index.to_centres(grid, part), tests::slowness_of(all)(part)));
            }
        for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
            if (level > best_simd())
                continue;
            limit_simd(level);
            CHECK(tests::same_bits(index.to_centres(grid, grid.window()), all));
        }
        limit_simd(best_simd());
    }
}

TEST_CASE("nothing to get onto, and places that are none") {
    const Grid grid = tests::metre_grid(5, 5);
    const Tile none = Approaches({}, walking).to_centres(grid, grid.window(), 10);
    for (const float minutes : none.values())
        CHECK(std::isnan(minutes));
    CHECK_THROWS_AS(Approaches({{{{0, 0}, {HUGE_VAL, 0}}, 0, 0}}, walking), Error);
}
