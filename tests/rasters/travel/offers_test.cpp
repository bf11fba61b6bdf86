// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/offers.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::rasters;

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
