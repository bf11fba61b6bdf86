// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/kept_slowness.hpp"

#include "rasters/core/parallel.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("ground is asked for once, and is the same in any window") {
    Random random(3);
    const Tile ground = random_ground(random, 700, 600, 3);
    std::atomic<int> asked = 0;
    const Slowness counted = [&](Window w) {
        ++asked;
        return slowness_of(ground)(w);
    };
    for (const std::uint64_t memory : {std::uint64_t{1} << 30, std::uint64_t{1}}) {
        asked = 0;
        const KeptSlowness kept(metre_grid(700, 600), counted, memory, ".");
        in_parallel(40, [&](std::size_t i) {
            const int at = static_cast<int>(i) * 10;
            const Window w{at, at / 2, 300, 400};
            CHECK(same_bits(kept(w), slowness_of(ground)(w)));
        });
        CHECK(asked == 9);
    }
}
