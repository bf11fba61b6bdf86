// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/lanes.hpp"

#include "rasters/segment.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("a kernel that takes a width is given the processor's, or less by limit") {
    const auto given = [](Simd level) {
        std::size_t bytes = 0;
        limit_simd(level);
        vectorised([&](auto width) ZONERANK_INLINE { bytes = sizeof(Lanes<width>); });
        limit_simd(best_simd());
        return bytes;
    };
    CHECK(given(Simd::baseline) == 16);
    CHECK(given(Simd::avx2) == (best_simd() >= Simd::avx2 ? 32 : 16));
    CHECK(given(Simd::avx512) == (best_simd() == Simd::avx512 ? 64 : given(Simd::avx2)));
}

TEST_CASE("distances of several segments at once have the bits of distances one by one") {
    Random random(71);
    constexpr std::size_t n = 4000;
    std::vector<double> px(n), py(n), dx(n), dy(n), inverse(n), found(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (auto* column : {&px, &py, &dx, &dy})
            (*column)[i] = random.in(-1e5, 1e5);
        inverse[i] = 1 / (dx[i] * dx[i] + dy[i] * dy[i]);
    }
    for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512}) {
        limit_simd(level);
        vectorised([&](auto width) ZONERANK_INLINE {
            using V = Lanes<width>;
            V zero, one;
            fill_unknown(zero, 0);
            fill_unknown(one, 1);
            for (std::size_t i = 0; i < n; i += width) {
                V at[5], ex, ey;
                load(at[0], &px[i]), load(at[1], &py[i]), load(at[2], &dx[i]), load(at[3], &dy[i]);
                load(at[4], &inverse[i]);
                way_from<V, V>(at[0], at[1], at[2], at[3], at[4], zero, one, ex, ey);
                store<V>(ex * ex + ey * ey, &found[i]);
            }
        });
        for (std::size_t i = 0; i < n; ++i)
            REQUIRE(found[i] == squared_distance(Ray{0, 0, dx[i], dy[i], inverse[i]}, {px[i], py[i]}));
    }
    limit_simd(best_simd());
}
