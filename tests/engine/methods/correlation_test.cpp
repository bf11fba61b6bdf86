// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/correlation.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank;
using namespace zonerank::engine;

// scipy.stats.kendalltau, spearmanr and weightedtau of the same numbers, SciPy 1.10.1; weightedtau
// of minus the ranks, since to SciPy the greatest number is the first.
TEST_CASE("correlations are SciPy's") {
    struct Row {
        std::vector<int> a, b;
        double kendall, spearman, weighted;
    };
    const Row rows[] = {
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
         {2, 1, 4, 3, 6, 5, 8, 7, 10, 9},
         0.7777777777777777,
         0.9393939393939393,
         0.7777777777777779},
        {{1, 2, 2, 4, 5, 5, 5, 8, 9, 10},
         {3, 1, 2, 2, 5, 4, 7, 7, 10, 8},
         0.7383045377557884,
         0.882391001975937,
         0.6507746103527403},
        {{12, 2, 1, 12, 2}, {1, 4, 7, 1, 0}, -0.4714045207910316, -0.5407380704358752, -0.39019592937945574},
    };
    for (const Row& row : rows) {
        CHECK(*kendall(row.a, row.b) == doctest::Approx(row.kendall).epsilon(1e-13));
        CHECK(*spearman(row.a, row.b) == doctest::Approx(row.spearman).epsilon(1e-13));
        CHECK(*weighted_kendall(row.a, row.b) == doctest::Approx(row.weighted).epsilon(1e-13));
        CHECK(*weighted_kendall(row.b, row.a) == doctest::Approx(row.weighted).epsilon(1e-13));
    }
}

TEST_CASE("Kendall in n log n is that of all pairs, ties and all") {
    tests::Random random(51);
    for (int trial = 0; trial < 50; ++trial) {
        std::vector<int> a, b;
        for (int i = 0; i < 40; ++i) {
            a.push_back(random.below(15));
            b.push_back(random.below(trial + 2));
        }
        double sum = 0, in_a = 0, in_b = 0;
        for (std::size_t i = 0; i < a.size(); ++i)
            for (std::size_t k = 0; k < i; ++k) {
                const int x = (a[i] > a[k]) - (a[i] < a[k]), y = (b[i] > b[k]) - (b[i] < b[k]);
                sum += x * y;
                in_a += x * x;
                in_b += y * y;
            }
        CHECK(*kendall(a, b) == doctest::Approx(sum / std::sqrt(in_a * in_b)).epsilon(1e-13));
    }
}

TEST_CASE("alike, turned round, and nothing to say") {
    const std::vector<int> up{1, 2, 3, 4}, down{4, 3, 2, 1}, level{1, 1, 1, 1};
    for (const auto f : {kendall, spearman, weighted_kendall}) {
        CHECK(*f(up, up) == doctest::Approx(1));
        CHECK(*f(up, down) == doctest::Approx(-1));
        CHECK_FALSE(f(up, level));
        CHECK_FALSE(f(level, level));
        CHECK_FALSE(f(std::vector{1}, std::vector{1}));
    }
}
