// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/simd.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace zonerank::rasters;

namespace {

// Products and sums that a fused multiply-add would round otherwise, and no numbers.
std::vector<float> computed(Simd level) {
    std::vector<float> x(1003), y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = i % 17 == 3 ? std::numeric_limits<float>::quiet_NaN() : 1.1F * static_cast<float>(i) + 0.3F;
    limit_simd(level);
    vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < x.size(); ++i)
            y[i] = std::sqrt(x[i]) * 0.7F + x[i] * x[i] / 3.0F;
    });
    limit_simd(best_simd());
    return y;
}

} // namespace

TEST_CASE("kernels give the same bits on every set of instructions") {
    const std::vector<float> expected = computed(Simd::baseline);
    for (const Simd level : {Simd::avx2, Simd::avx512}) {
        const std::vector<float> found = computed(level);
        for (std::size_t i = 0; i < expected.size(); ++i)
            CHECK((found[i] == expected[i] || (std::isnan(found[i]) && std::isnan(expected[i]))));
    }
}

TEST_CASE("a limit holds and is never above what there is") {
    limit_simd(Simd::baseline);
    CHECK(simd() == Simd::baseline);
    limit_simd(Simd::avx512);
    CHECK(simd() == best_simd());
}
