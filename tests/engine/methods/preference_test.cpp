// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/preference.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using enum PreferenceShape;

namespace {

double by_hand(const Preference& preference, const std::vector<double>& gains, std::size_t i) {
    double sum = 0;
    for (const double other : gains)
        sum += preferred(preference, gains[i] - other);
    return sum;
}

/// The greatest difference between fast and direct sums, per number.
double error(const Preference& preference, const std::vector<double>& gains) {
    const std::vector<double> sums = sums_of_preference(preference, gains);
    double most = 0;
    for (std::size_t i = 0; i < gains.size(); ++i)
        most = std::max(most, std::abs(sums[i] - by_hand(preference, gains, i)));
    return most / static_cast<double>(gains.size());
}

/// Smooth, in steps, clustered, and with a few far away.
std::vector<std::vector<double>> samples(tests::Random& random, int n) {
    std::vector<std::vector<double>> all(4);
    for (int i = 0; i < n; ++i) {
        all[0].push_back(random.in(-1, 1));
        all[1].push_back(random.below(12) / 4.0);
        all[2].push_back(1e6 + random.in(0, 1) * random.in(0, 1) * random.in(0, 1));
        all[3].push_back(i % 50 == 0 ? random.in(-1e5, 1e5) : random.in(0, 3));
    }
    return all;
}

const Preference six[] = {{usual},           {u_shape, 0.25},      {v_shape, 0, 0.5}, {level, 0.25, 0.75},
                          {linear, 0.25, 1}, {gaussian, 0, 0, 0.4}};

} // namespace

TEST_CASE("the six preference functions: Brans and Vincke 1985") {
    struct Row {
        Preference preference;
        double at[5]; // differences -1, 0.25, 0.5, 0.75, 2
    };
    const Row rows[] = {{{usual}, {0, 1, 1, 1, 1}},
                        {{u_shape, 0.25}, {0, 0, 1, 1, 1}},
                        {{v_shape, 0, 1}, {0, 0.25, 0.5, 0.75, 1}},
                        {{level, 0.25, 0.75}, {0, 0, 0.5, 0.5, 1}},
                        {{linear, 0.25, 0.75}, {0, 0, 0.5, 1, 1}},
                        {{gaussian, 0, 0, 0.5},
                         {0, 1 - std::exp(-0.125), 1 - std::exp(-0.5), 1 - std::exp(-1.125), 1 - std::exp(-8.0)}}};
    for (const Row& row : rows) {
        const double differences[] = {-1, 0.25, 0.5, 0.75, 2};
        for (int i = 0; i < 5; ++i)
            CHECK(preferred(row.preference, differences[i]) == doctest::Approx(row.at[i]).epsilon(1e-15));
    }
}

TEST_CASE("sums of preference are those of all pairs") {
    tests::Random random(11);
    for (const int n : {1, 2, 3, 40, 500})
        for (const auto& gains : samples(random, n))
            for (const Preference& preference : six) {
                CAPTURE(n);
                CAPTURE(static_cast<int>(preference.shape));
                CHECK(error(preference, gains) < 1e-13);
            }
}

TEST_CASE("sums of preference of 3,000, with wide and narrow Gaussians") {
    tests::Random random(12);
    for (const auto& gains : samples(random, 3000))
        for (const double spread : {1e-7, 0.01, 0.4, 30.0, 1e7}) {
            CAPTURE(spread);
            CHECK(error({gaussian, 0, 0, spread}, gains) < 1e-12);
            CHECK(error({linear, spread / 10, spread}, gains) < 1e-12);
        }
}

TEST_CASE("equal numbers have equal sums, in any order") {
    tests::Random random(13);
    std::vector<double> gains = samples(random, 400)[1], turned(gains.rbegin(), gains.rend());
    for (const Preference& preference : six) {
        std::vector<double> sums = sums_of_preference(preference, gains);
        const std::vector<double> of_turned = sums_of_preference(preference, turned);
        CHECK(std::equal(sums.begin(), sums.end(), of_turned.rbegin()));
        for (std::size_t i = 1; i < gains.size(); ++i)
            if (gains[i] == gains[0])
                CHECK(sums[i] == sums[0]);
    }
}

TEST_CASE("no numbers, and a spread that is none beside their range") {
    CHECK(sums_of_preference({linear, 0, 1}, {}).empty());
    CHECK(sums_of_preference({gaussian, 0, 0, 1e-300}, std::vector{2.0, 1.0, 2.0}) == std::vector{1.0, 0.0, 1.0});
}
