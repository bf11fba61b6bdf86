// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/gaussian_sums.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("sums of Gaussians below are those of all pairs, within the stated bound") {
    tests::Random random(21);
    for (const double range : {0.1, 1.0, 7.0, 60.0, 5000.0}) {
        std::vector<double> numbers;
        for (int i = 0; i < 1500; ++i)
            numbers.push_back(i % 7 == 0 ? std::floor(random.in(0, range)) : random.in(0, range));
        std::ranges::sort(numbers);
        const std::vector<double> sums = gaussian_sums_below(numbers, 1);
        double most = 0;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < i && numbers[k] < numbers[i]; ++k)
                sum += std::exp(-std::pow(numbers[i] - numbers[k], 2));
            most = std::max(most, std::abs(sums[i] - sum));
        }
        CAPTURE(range);
        CHECK(most < 1e-14 * 1500);
    }
}

TEST_CASE("Gaussians of none, one and equals") {
    CHECK(gaussian_sums_below({}, 1).empty());
    CHECK(gaussian_sums_below(std::vector{3.0}, 1) == std::vector{0.0});
    CHECK(gaussian_sums_below(std::vector{3.0, 3.0}, 2) == std::vector{0.0, 0.0});
}

TEST_CASE("narrow Gaussians, far from 0 and from each other") {
    std::vector<double> numbers;
    for (const double start : {-3e8, 0.0, 1e9})
        for (int i = 0; i < 40; ++i)
            numbers.push_back(start + i * 0x1p-20);
    const std::vector<double> sums = gaussian_sums_below(numbers, 1e-5);
    for (std::size_t i = 0; i < 40; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < i; ++k)
            sum += std::exp(-std::pow(static_cast<double>(i - k) * 0x1p-20 / 1e-5, 2));
        for (const std::size_t cluster : {0U, 40U, 80U})
            CHECK(std::abs(sums[cluster + i] - sum) < 1e-12);
    }
}
