// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/half_waves.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using namespace zonerank;

TEST_CASE("half waves are the C library's within 1e-15") {
    const double quarter = std::numbers::pi / 4;
    for (int i = 0; i <= 20'000; ++i) {
        const double t = i / 20'000.0;
        REQUIRE(std::abs(engine::sine_of_eighth(t) - std::sin(quarter * t)) <= 1e-15);
        REQUIRE(std::abs(engine::cosine_of_eighth(t) - std::cos(quarter * t)) <= 1e-15);
        REQUIRE(std::abs(engine::eighth_tangent(t) - std::tan(quarter * t)) <= 1e-15);
        REQUIRE(std::abs(engine::squared_sine(t) - std::pow(std::sin(2 * quarter * t), 2)) <= 1e-15);
    }
}

TEST_CASE("half waves: exact at their ends, NaN stays") {
    CHECK(engine::squared_sine(0) == 0);
    CHECK(engine::squared_sine(1) == 1);
    CHECK(engine::squared_sine(0.5) == doctest::Approx(0.5).epsilon(1e-15));
    CHECK(engine::eighth_tangent(0) == 0);
    CHECK(engine::eighth_tangent(1) == 1);
    CHECK(std::isnan(engine::squared_sine(std::nan(""))));
    CHECK(std::isnan(engine::eighth_tangent(std::nan(""))));
}

TEST_CASE("half waves have the same bits on every set of instructions") {
    std::vector<double> expected(1001), found(1001);
    for (const auto level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512}) {
        rasters::limit_simd(level);
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (std::size_t i = 0; i < found.size(); ++i) {
                const double t = static_cast<double>(i) / 1000;
                found[i] = engine::squared_sine(t) + 3 * engine::eighth_tangent(t);
            }
        });
        if (level == rasters::Simd::baseline)
            expected = found;
        CHECK(found == expected);
    }
}
