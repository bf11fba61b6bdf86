// SPDX-License-Identifier: Apache-2.0
#include "rasters/pair.hpp"

#include "rasters/segment.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

using namespace zonerank::rasters;
using namespace zonerank::test;

TEST_CASE("a pair is two numbers") {
    const Pair a{1, 5}, b = both(3);
    CHECK(b[0] == 3);
    CHECK(b[1] == 3);
    CHECK(smaller(a, b)[0] == 1);
    CHECK(smaller(a, b)[1] == 3);
}

TEST_CASE("distances of a pair have the bits of distances one by one") {
    Random random(71);
    const auto any = [&] { return Pair{random.in(-1e5, 1e5), random.in(-1e5, 1e5)}; };
    for (int i = 0; i < 2000; ++i) {
        const Pair px = any(), py = any(), dx = any(), dy = any(), inverse = 1 / (dx * dx + dy * dy);
        const Pair found = squared_distance(px, py, dx, dy, inverse);
        for (int k = 0; k < 2; ++k)
            REQUIRE(found[k] == squared_distance(px[k], py[k], dx[k], dy[k], inverse[k]));
    }
}
