// SPDX-License-Identifier: Apache-2.0
#include "rasters/dots.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static constexpr double slack = 1e-5;

// 30 m cells at coordinates of millions of metres, not begun at a multiple of anything.
static Grid district() {
    return {"", 30, 10'007, -120'013, 700, 600, {}};
}

// Half of them in one town.
static std::vector<Dot> dots(int n) {
    Random random(91);
    const Box land = district().box().grown(3000);
    const Box town = Box{land.centre().x, land.centre().y, land.centre().x, land.centre().y}.grown(900);
    std::vector<Dot> dots;
    for (int i = 0; i < n; ++i)
        dots.push_back({random.in(i % 2 == 0 ? land : town), i % 7 == 0 ? random.in(0, 900) : random.in(0, 2)});
    return dots;
}

static double plain(const std::vector<Dot>& dots, Point p, double radius, Falloff falloff) {
    double sum = 0;
    for (const Dot& dot : dots) {
        const double d = std::hypot(dot.at.x - p.x, dot.at.y - p.y) / radius;
        if (d <= 1)
            sum += falloff == Falloff::none ? dot.weight : dot.weight * std::pow(1 - d * d, 2);
    }
    return sum;
}

TEST_CASE("sums are those of a plain loop, for discs smaller and larger than blocks of any size") {
    const std::vector<Dot> given = dots(4000);
    const Dots index(given);
    const Grid grid = district();
    Random random(92);
    for (const double radius : {20.0, 130.0, 700.0, 3000.0, 12'000.0, 60'000.0})
        for (const Falloff falloff : {Falloff::none, Falloff::quartic}) {
            const Tile tile = index.sums(grid, grid.window(), {radius, slack}, falloff, 0.5);
            int some = 0;
            for (int i = 0; i < 400; ++i) {
                const Cell c{random.below(grid.cols), random.below(grid.rows)};
                const double expected = plain(given, grid.centre(c), radius, falloff) / 2;
                CAPTURE(radius);
                CHECK(std::abs(static_cast<double>(tile[c]) - expected) <= 7e-8 * expected);
                some += expected > 0;
            }
            CHECK(some > (radius < 200 ? 0 : 100));
        }
}

TEST_CASE("whole numbers are counted exactly, negative ones too") {
    std::vector<Dot> given = dots(3000);
    for (std::size_t i = 0; i < given.size(); ++i)
        given[i].weight = i % 3 == 0 ? -2 : 5;
    const Grid grid = district();
    const Tile tile = Dots(given).sums(grid, grid.window(), {5000, slack}, Falloff::none, 1);
    Random random(93);
    for (int i = 0; i < 300; ++i) {
        const Cell c{random.below(grid.cols), random.below(grid.rows)};
        CHECK(static_cast<double>(tile[c]) == plain(given, grid.centre(c), 5000, Falloff::none));
    }
}

TEST_CASE("a cell has the same bits in whatever window, grid and processor") {
    const Dots index(dots(3000));
    const Grid grid = district();
    Grid shifted = grid;
    shifted.west += 77;
    shifted.north -= 5;
    const Window whole{150, 90, 260, 240};
    for (const double radius : {90.0, 4000.0})
        for (const Falloff falloff : {Falloff::none, Falloff::quartic}) {
            const Tile all = index.sums(grid, whole, {radius, slack}, falloff, 1);
            for (const int side : {1, 7, 64, 150}) {
                const Window part = side == 1 ? Window{150, 200, 260, 2} : whole;
                for (const Window& w : tiles(part, side)) {
                    const Tile tile = index.sums(grid, w, {radius, slack * side}, falloff, 1);
                    for (int row = w.row; row < w.row + w.rows; ++row)
                        REQUIRE(same_bits(tile.row(row), all.row(row).subspan(static_cast<std::size_t>(w.col - 150),
                                                                              static_cast<std::size_t>(w.cols))));
                }
            }
            CHECK(same_bits(all.values(),
                            index.sums(shifted, {150 - 77, 95, 260, 240}, {radius, slack}, falloff, 1).values()));
            for (const Simd level : {Simd::baseline, Simd::avx2}) {
                limit_simd(level);
                CHECK(same_bits(all.values(), index.sums(grid, whole, {radius, slack}, falloff, 1).values()));
            }
            limit_simd(best_simd());
        }
}

TEST_CASE("a dot at exactly the radius counts, and near() leaves none out within reach") {
    const std::vector<Dot> given{{{1.5, 0.5}, 3}, {{4.5, 0.5}, 4}, {{90, 90}, 5}};
    const Dots index(given);
    const Grid grid{"", 1, 0, -1, 7, 1, {}};
    const Tile tile = index.sums(grid, grid.window(), {1, 1e-9}, Falloff::none, 1);
    CHECK(std::vector<float>(tile.values().begin(), tile.values().end()) == std::vector<float>{3, 3, 3, 4, 4, 4, 0});
    double found = 0;
    index.near({2.5, 0.5}, 2, [&](const Dot& dot) { found += dot.weight; });
    CHECK(found >= 7);
    const Tile nothing = Dots({}).sums(grid, grid.window(), {1, 1e-9}, Falloff::quartic, 1);
    CHECK(std::count(nothing.values().begin(), nothing.values().end(), 0.0F) == 7);
}
