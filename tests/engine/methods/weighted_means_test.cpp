// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/weighted_means.hpp"

#include "tests/support/methods.hpp"

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

TEST_CASE("means by weight: worked by hand") {
    const auto input = input_of({{0.25, 1}, {0.64, 0.36}, {0, 1}}, {0.5, 0.5}, {1, 1});
    check_near(weighted_sum(input).figures, {0.625, 0.5, 0.5}, 1e-12);
    CHECK(weighted_sum(input).ranks == std::vector{1, 2, 2});
    check_near(weighted_product(input).figures, {0.5, 0.48, 0}, 1e-12);
    check_near(waspas(input, 0.5).figures, {0.5625, 0.49, 0.25}, 1e-12);
    CHECK(waspas(input, 1).figures == weighted_sum(input).figures);
}
