// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/steps_into.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

using namespace zonerank::rasters;
using zonerank::tests::metre_grid;

TEST_CASE("steps are found by where they lead, one-way ones only there") {
    const std::vector<RoadStep> steps{{{1, 1}, {2, 1}, 3, false}, {{2, 2}, {2, 1}, 4, true}};
    const StepsInto into(metre_grid(5, 4), steps);
    REQUIRE(into({2, 1}).size() == 2);
    CHECK(into({2, 1})[0].from == Cell{1, 1});
    CHECK(into({2, 1})[0].forward);
    CHECK(into({2, 1})[1].step == 1);
    CHECK(into({2, 1})[1].minutes == 4);
    REQUIRE(into({1, 1}).size() == 1);
    CHECK(!into({1, 1})[0].forward);
    CHECK(into({2, 2}).empty());
    CHECK(into({4, 3}).empty());
}
