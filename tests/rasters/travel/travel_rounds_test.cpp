// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_rounds.hpp"

#include <doctest/doctest.h>

using namespace zonerank::rasters;

TEST_CASE("a limit as a float is never above it") {
    for (const double limit : {0.1, 60.0, 1.0 / 3, 120.0000001, 59.9999999})
        CHECK(static_cast<double>(rounds::as_float(limit)) <= limit);
    CHECK(rounds::as_float(60) == 60);
}
