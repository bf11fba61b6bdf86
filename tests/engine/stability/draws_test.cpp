// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/draws.hpp"

#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <vector>

using namespace zonerank::engine;

namespace {

struct Moments {
    double mean = 0, variance = 0;
};

Moments moments(const std::function<double(Draw&)>& of) {
    constexpr int count = 200'000;
    double sum = 0, squares = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        Draw draw(7, Purpose::weights, i);
        const double x = of(draw);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / count;
    return {mean, squares / count - mean * mean};
}

} // namespace

TEST_CASE("draws: Philox4x32-10 gives Random123's known answers") {
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) ==
          std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("draws: a draw's numbers are its own, whatever was drawn before") {
    Draw first(1, Purpose::weights, 5), again(1, Purpose::weights, 5);
    Draw seed(2, Purpose::weights, 5), purpose(1, Purpose::measurements, 5), number(1, Purpose::weights, 6);
    const double x = first.uniform();
    CHECK(x == again.uniform());
    CHECK(x != seed.uniform());
    CHECK(x != purpose.uniform());
    CHECK(x != number.uniform());
    CHECK(first.uniform() != x);
}

TEST_CASE("draws: quantiles of the normal distribution") {
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-15));
    CHECK(normal_quantile(0.025) == doctest::Approx(-1.959963984540054).epsilon(1e-15));
    for (const double x : {-8.0, -6.0, -4.5, -2.0, -0.3, 0.1, 1.2, 3.0, 5.0})
        CHECK(normal_quantile(std::erfc(-x / std::sqrt(2.0)) / 2) == doctest::Approx(x).epsilon(1e-9));
}

TEST_CASE("draws: means and variances are those of the distributions") {
    const auto uniform = moments([](Draw& d) { return d.uniform(); });
    CHECK(std::abs(uniform.mean - 0.5) < 0.003);
    CHECK(std::abs(uniform.variance - 1.0 / 12) < 0.001);
    const auto exponential = moments([](Draw& d) { return d.exponential(); });
    CHECK(std::abs(exponential.mean - 1) < 0.01);
    CHECK(std::abs(exponential.variance - 1) < 0.03);
    const auto normal = moments([](Draw& d) { return d.normal(); });
    CHECK(std::abs(normal.mean) < 0.01);
    CHECK(std::abs(normal.variance - 1) < 0.015);
    for (const double a : {0.2, 1.0, 4.5}) {
        const auto gamma = moments([&](Draw& d) { return std::exp(d.log_gamma(a)); });
        CHECK(std::abs(gamma.mean - a) < 0.01 * std::sqrt(a) + 0.005);
        CHECK(std::abs(gamma.variance - a) < 0.05 * a + 0.01);
    }
}

TEST_CASE("draws: many at once are those one after the other, to the bit, by all sets of instructions") {
    using zonerank::rasters::Simd;
    const Simd best = zonerank::rasters::simd();
    for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
        zonerank::rasters::limit_simd(level);
        for (const std::size_t count : {0u, 1u, 2u, 17u, 1000u}) {
            Draw draw(7, Purpose::measurements, 12), single = draw;
            for (int time = 0; time < 3; ++time) { // an odd count leaves half a block
                std::vector<double> uniforms(count), normals(count);
                draw.uniforms(uniforms);
                for (const double x : uniforms)
                    CHECK(x == single.uniform());
                draw.normals(normals);
                for (const double x : normals)
                    CHECK(x == single.normal());
            }
        }
    }
    zonerank::rasters::limit_simd(best);
}

TEST_CASE("draws: quantiles of many numbers, those far out among them") {
    std::vector<double> p{0.5, 1e-300, 1e-20, 1.39e-11, 1.41e-11, 1 - 0x1p-53, 0.07, 0.08, 0.93, 1 - 1e-12};
    const std::vector<double> given = p;
    normal_quantiles(p);
    for (std::size_t i = 0; i < p.size(); ++i)
        CHECK(p[i] == normal_quantile(given[i]));
    CHECK(p[2] == doctest::Approx(-9.262340089798408).epsilon(1e-12)); // of p = 1e-20: tables, R's qnorm
}
