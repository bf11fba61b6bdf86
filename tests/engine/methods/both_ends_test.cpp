// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/both_ends.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("both ends: the mean of the place from the top and of that from the bottom, turned round") {
    const Outcome outcome = from_both_ends(std::vector{1, 2, 3, 2}, std::vector{3, 2, 1, 1});
    CHECK(outcome.figures == std::vector{1.0, 2.0, 3.0, 2.5});
    CHECK(outcome.ranks == std::vector{1, 2, 4, 3});
    CHECK_FALSE(outcome.more_is_better);
    CHECK(outcome.more[1].name == "place from the bottom");
    CHECK(outcome.more[1].values == std::vector{1.0, 2.0, 3.0, 3.0});
}
