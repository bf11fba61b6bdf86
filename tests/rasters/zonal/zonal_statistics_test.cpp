// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/zonal_statistics.hpp"

#include "rasters/core/simd.hpp"
#include "rasters/zonal/coverage.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <vector>

using namespace zonerank::rasters;
using doctest::Approx;

namespace {

/// The definition, number by number; equal ones with their mean weight.
double expected_quantile(std::vector<std::pair<double, double>> entries, double p) {
    std::ranges::sort(entries);
    std::map<double, std::pair<double, int>> ties;
    for (const auto& [value, weight] : entries) {
        ties[value].first += weight;
        ++ties[value].second;
    }
    const auto last = static_cast<double>(entries.size() - 1);
    std::vector<std::pair<double, double>> places; // on the way, and value
    double before = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& [sum, count] = ties[entries[i].first];
        const double weight = sum / count;
        places.emplace_back(static_cast<double>(i) * weight + last * before, entries[i].first);
        before += weight;
    }
    const double way = p * places.back().first;
    for (std::size_t i = 1; i < places.size(); ++i)
        if (way < places[i].first)
            return std::lerp(places[i - 1].second, places[i].second,
                             (way - places[i - 1].first) / (places[i].first - places[i - 1].first));
    return places.back().second;
}

} // namespace

TEST_CASE("quantiles of equal weights are those of Hyndman and Fan's definition 7") {
    WeightedNumbers numbers;
    const std::vector<float> values{40, 10, 30, 20, 50};
    numbers.add(values, 1);
    const std::array<double, 5> shares{0, 0.1, 0.5, 0.9, 1};
    const std::vector<double> found = numbers.quantiles(shares);
    const std::array<double, 5> expected{10, 14, 30, 46, 50}; // numpy.quantile
    for (std::size_t i = 0; i < shares.size(); ++i)
        CHECK(found[i] == Approx(expected[i]).epsilon(1e-12));
}

TEST_CASE("quantiles with weights and ties, in any order, are the definition's") {
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::pair<float, float>> entries;
        std::vector<std::pair<double, double>> weighted;
        for (unsigned n = 1 + random() % 300; n > 0; --n) {
            const float value = static_cast<float>(static_cast<int>(random() % 80) - 40) / 8;
            const float weight = static_cast<float>(1 + random() % 256) / 256;
            entries.emplace_back(value, weight);
            weighted.emplace_back(value, weight);
        }
        WeightedNumbers forward, backward, half;
        for (const auto& [value, weight] : entries)
            forward.add({&value, 1}, weight);
        std::ranges::reverse(entries);
        for (std::size_t i = 0; i < entries.size(); ++i)
            (i % 2 ? backward : half).add({&entries[i].first, 1}, entries[i].second);
        backward.add(half);
        const std::array<double, 4> shares{0.1, 0.5, 0.9, 0.333};
        const std::vector<double> found = forward.quantiles(shares);
        REQUIRE(found == backward.quantiles(shares));
        for (std::size_t i = 0; i < shares.size(); ++i)
            REQUIRE(found[i] == Approx(expected_quantile(weighted, shares[i])).epsilon(1e-9));
    }
}

TEST_CASE("quantiles of a zone that is 0 but for one cell are 0") {
    WeightedNumbers numbers;
    const std::vector<float> zeros(500, 0.0F), one{100};
    numbers.add(zeros, 1);
    numbers.add(one, 0.5F);
    const std::array<double, 3> shares{0.1, 0.5, 0.9};
    CHECK(numbers.quantiles(shares) == std::vector<double>{0, 0, 0});
}

TEST_CASE("quantiles of nothing, and of one number") {
    const std::array<double, 1> half{0.5};
    CHECK(std::isnan(WeightedNumbers().quantiles(half)[0]));
    WeightedNumbers one;
    const float value = -3;
    one.add({&value, 1}, 0.25F);
    CHECK(one.quantiles(half)[0] == -3);
}

TEST_CASE("a zone's cells count by the fraction covered; gaps are left out; windows add up") {
    const Grid grid{"", 10, 0, 0, 40, 40, {}};
    Tile tile(grid.window());
    for (int row = 0; row < 40; ++row)
        for (int col = 0; col < 40; ++col)
            tile[{col, row}] = (col * row) % 11 == 5 ? no_data : static_cast<float>(col - 3 * row);
    Shape zone;
    zone.polygons.push_back({{{{33, -20}, {371, -88}, {250, -390}, {14, -300}, {33, -20}}}});
    const Raster<std::int32_t> cover = coverage(zone, grid, grid.window());
    double sum = 0, weight = 0, least = HUGE_VAL, most = -HUGE_VAL;
    for (int row = 0; row < 40; ++row)
        for (int col = 0; col < 40; ++col) {
            const double value = tile[{col, row}], share = cover[{col, row}] / double{full_coverage};
            if (share == 0 || std::isnan(value))
                continue;
            sum += share * value;
            weight += share;
            least = std::min(least, value);
            most = std::max(most, value);
        }
    ZonalStatistics whole;
    whole.add(tile, cover);
    CHECK(whole.sum.mean() == Approx(sum / weight).epsilon(1e-9));
    CHECK(whole.cells() == Approx(weight).epsilon(1e-9));
    CHECK(whole.min == least);
    CHECK(whole.max == most);
    ZonalStatistics pieces;
    for (const Window& window : tiles(grid.window(), 7)) {
        ZonalStatistics piece;
        piece.add(tile, coverage(zone, grid, window));
        pieces.add(piece);
    }
    CHECK(pieces.sum.mean() == whole.sum.mean());
    const std::array<double, 2> shares{0.1, 0.9};
    CHECK(pieces.numbers.quantiles(shares) == whole.numbers.quantiles(shares));
}
