// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/friction_spec.hpp"

#include <doctest/doctest.h>

using namespace zonerank::layers;

TEST_CASE("a friction of nothing said is level ground on foot, at the study's cell") {
    const FrictionSpec friction;
    CHECK(friction.cell == 0);
    CHECK_FALSE(friction.area);
    CHECK(friction.ground == 5);
    CHECK(friction.speeds.empty());
    CHECK_FALSE(BarrierRule().any_part);
    CHECK_FALSE(BarrierRule().outside);
}
