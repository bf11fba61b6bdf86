// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/exponential.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace zonerank::rasters;

namespace {

double units_apart(double a, double b) {
    return std::abs(a - b) / (std::nextafter(std::abs(b), std::numeric_limits<double>::infinity()) - std::abs(b));
}

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

TEST_CASE("e^x and ln x are the C library's within 2 units in the last place") {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> far(-708, 709.78), near(-2, 2), value(0, 1);
    for (int i = 0; i < 200'000; ++i) {
        for (const double x : {far(random), near(random)}) {
            REQUIRE(units_apart(exponential(x), std::exp(x)) <= 2);
            REQUIRE(units_apart(logarithm(std::exp(x)), std::log(std::exp(x))) <= 2);
        }
        const double v = value(random);
        REQUIRE(units_apart(logarithm(v), std::log(v)) <= 2);
    }
}

TEST_CASE("e^x and ln x at their ends") {
    CHECK(exponential(0) == 1);
    CHECK(exponential(-1e9) == 0);
    CHECK(exponential(-infinity) == 0);
    CHECK(exponential(1e9) == infinity);
    CHECK(std::isnan(exponential(std::nan(""))));
    CHECK(logarithm(1) == 0);
    CHECK(logarithm(0) == -infinity);
    CHECK(std::isnan(logarithm(std::nan(""))));
}

TEST_CASE("e^x and ln x have the same bits on every set of instructions") {
    std::vector<double> x(1001), expected(x.size()), found(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = 0.7 * static_cast<double>(i) + 0.001;
    for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
        limit_simd(level);
        vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < x.size(); ++i)
                found[i] = exponential(-x[i]) + logarithm(x[i]);
        });
        if (level == Simd::baseline)
            expected = found;
        CHECK(found == expected);
    }
    limit_simd(best_simd());
}
