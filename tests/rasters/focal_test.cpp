// SPDX-License-Identifier: Apache-2.0
#include "rasters/focal.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/bits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank::rasters;
using zonerank::tests::same_bits;

namespace {

constexpr Focal statistics[] = {Focal::mean, Focal::sum, Focal::deviation, Focal::minimum, Focal::maximum};

// Values around `level`, with a clump of no data and single holes.
Tile rough(Window window, double level, double spread) {
    std::mt19937 random(5);
    std::normal_distribution<double> noise(level, spread);
    Tile tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col) {
            const bool clump = std::hypot(col - 8, row - 40) < 11, hole = random() % 50 == 0;
            tile[{col, row}] = clump || hole ? no_data : static_cast<float>(noise(random));
        }
    return tile;
}

// Of the cells of the disc that have data, one by one.
double brute_force(const Tile& values, Cell at, double radius, Focal statistic) {
    std::vector<double> found;
    const int reach = static_cast<int>(radius);
    for (int row = -reach; row <= reach; ++row)
        for (int col = -reach; col <= reach; ++col)
            if (const float v = values[{at.col + col, at.row + row}];
                col * col + row * row <= radius * radius && !std::isnan(v))
                found.push_back(static_cast<double>(v));
    if (found.empty())
        return std::nan("");
    const auto n = static_cast<double>(found.size());
    double sum = 0, scatter = 0;
    for (const double v : found)
        sum += v;
    for (const double v : found)
        scatter += (v - sum / n) * (v - sum / n);
    switch (statistic) {
    case Focal::mean:
        return sum / n;
    case Focal::sum:
        return sum;
    case Focal::deviation:
        return std::sqrt(scatter / n);
    case Focal::minimum:
        return std::ranges::min(found);
    case Focal::maximum:
        return std::ranges::max(found);
    }
    return 0;
}

Tile part_of(const Tile& tile, Window window) {
    Tile part(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            part[{col, row}] = tile[{col, row}];
    return part;
}

// The largest difference from brute force, as a share of the largest value's size.
double worst(const Tile& values, Window window, double radius, Focal statistic) {
    const Tile tile = focal(values, window, Disc(radius), statistic);
    double difference = 0, size = 0;
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col) {
            const double expected = brute_force(values, {col, row}, radius, statistic), found = 1.0 * tile[{col, row}];
            REQUIRE(std::isnan(found) == std::isnan(expected));
            if (std::isnan(found))
                continue;
            difference = std::max(difference, std::abs(found - expected));
            size = std::max(size, std::abs(expected));
        }
    return size > 0 ? difference / size : difference;
}

} // namespace

TEST_CASE("a disc is of the cells whose centres lie within it") {
    for (const double radius :
         {0.0, 0.99, 1.0, 1.41, 1.42, 2.0, 5.0, 25.0, 1000.0 / 30, 900 / 30.0, 0.3 / 0.1, 120.7}) {
        CAPTURE(radius);
        const Disc disc(radius);
        const int around = static_cast<int>(radius) + 2;
        long long cells = 0;
        for (int col = 0; col <= around; ++col) {
            int half = -1;
            while (col * col + (half + 1) * (half + 1) <= radius * radius + 1e-9)
                ++half;
            CHECK((col <= disc.reach()) == (half >= 0));
            if (half >= 0)
                CHECK(disc.half(col) == half);
            cells += (col == 0 ? 1 : 2) * (2LL * half + 1) * (half >= 0 ? 1 : 0);
        }
        CHECK(disc.size() == cells);
    }
    CHECK(Disc(5).size() == 81); // Gauss's circle problem
    CHECK(Disc(0.1 * 3 / 0.1).reach() == 3);
}

TEST_CASE("statistics are those of the cells one by one") {
    const Window window{-3, 17, 41, 37};
    for (const double radius : {0.0, 0.7, 1.0, 2.9, 5.0, 16.3, 60.0}) {
        const Disc disc(radius);
        for (const auto& [level, spread] : {std::pair{0.0, 50.0}, {300.0, 90.0}, {2000.0, 0.05}})
            for (const Focal statistic : statistics) {
                CAPTURE(radius);
                CAPTURE(level);
                CAPTURE(static_cast<int>(statistic));
                CHECK(worst(rough(window.grown(disc.reach() + 2), level, spread), window, radius, statistic) < 1e-6);
            }
    }
}

TEST_CASE("no cell with data, no statistic; one is enough") {
    const Window window{5, 5, 30, 20};
    const Disc disc(4);
    Tile values(window.grown(4), no_data);
    for (const Focal statistic : statistics) {
        const Tile tile = focal(values, window, disc, statistic);
        CHECK(std::ranges::all_of(tile.values(), [](float v) { return std::isnan(v); }));
    }
    values[{1, 15}] = -7; // outside the window
    values[{20, 15}] = 3;
    for (const Focal statistic : statistics) {
        const Tile tile = focal(values, window, disc, statistic);
        CHECK(tile[{5, 15}] == (statistic == Focal::deviation ? 0 : -7));
        CHECK(std::isnan(tile[{6, 15}]));
        CHECK(tile[{20, 11}] == (statistic == Focal::deviation ? 0 : 3));
        CHECK(std::isnan(tile[{19, 11}]));
    }
}

TEST_CASE("the deviation of equal values is none, and far below their mean it is exact") {
    const Window window{0, 0, 20, 10};
    Tile values(window.grown(9), 1999.87F);
    const Tile none = focal(values, window, Disc(9), Focal::deviation);
    CHECK(std::ranges::all_of(none.values(), [](float v) { return v == 0; }));
    // Two neighbouring floats: 2^-13 apart.
    for (std::size_t i = 0; i < values.values().size(); i += 2)
        values.values()[i] = std::nextafter(1999.87F, 0.0F);
    CHECK(worst(values, window, 9, Focal::deviation) < 1e-6);
    for (float& v : values.values())
        v *= 1e18F;
    CHECK(worst(values, window, 9, Focal::deviation) < 1e-6);
}

TEST_CASE("discs of more cells than 16 bits count") {
    const Window window{0, 0, 3, 2};
    const Disc disc(150);
    REQUIRE(disc.size() > 1 << 16);
    const Tile values = rough(window.grown(150), 10, 1);
    for (const Focal statistic : statistics)
        CHECK(worst(values, window, 150, statistic) < 1e-6);
}

TEST_CASE("a cell has the same bits in whatever window and on all processors") {
    const Window all{-20, -10, 97, 83};
    for (const double radius : {0.5, 6.2, 33.4}) {
        const Disc disc(radius);
        const Tile values = rough(all.grown(disc.reach()), 1234.5, 60);
        for (const Focal statistic : statistics) {
            CAPTURE(radius);
            CAPTURE(static_cast<int>(statistic));
            limit_simd(Simd::baseline);
            const Tile whole = focal(values, all, disc, statistic);
            for (const Simd level : {Simd::avx2, Simd::avx512}) {
                limit_simd(level);
                CHECK(same_bits(focal(values, all, disc, statistic), whole));
                for (const int side : {1, 17, 40})
                    for (const Window& w : tiles(all, side))
                        if (side > 1 || (w.col % 13 == 0 && w.row % 11 == 0))
                            REQUIRE(same_bits(focal(part_of(values, w.grown(disc.reach())), w, disc, statistic),
                                              part_of(whole, w)));
            }
            limit_simd(best_simd());
        }
    }
    CHECK(focal(Tile(Window{0, 0, 3, 3}), {1, 1, 0, 0}, Disc(1), Focal::mean).values().empty());
}
