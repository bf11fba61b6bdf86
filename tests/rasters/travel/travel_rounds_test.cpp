// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_rounds.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::rasters;

TEST_CASE("a limit as a float is never above it") {
    for (const double limit : {0.1, 60.0, 1.0 / 3, 120.0000001, 59.9999999})
        CHECK(static_cast<double>(rounds::as_float(limit)) <= limit);
    CHECK(rounds::as_float(60) == 60);
}

TEST_CASE("only what is earlier, and within the limit, is taken") {
    float minutes[] = {5, 5, 5, 5};
    BucketQueue queue;
    queue.begin(1, 1);
    rounds::Earlier earlier{minutes, 4, 0, 0, queue, 0, {}};
    earlier.offer(0, 6, 0);
    earlier.offer(1, 3, 0);
    earlier.offer(2, 4.5F, 0);
    earlier.offer(3, std::nanf(""), 0);
    earlier.take();
    CHECK(minutes[0] == 5);
    CHECK(minutes[1] == 3);
    CHECK(minutes[2] == 5);
    CHECK(minutes[3] == 5);
}
