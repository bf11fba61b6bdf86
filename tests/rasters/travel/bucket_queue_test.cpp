// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/bucket_queue.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("arrivals are settled in the order of their buckets, with what is pushed meanwhile") {
    Random random(3);
    BucketQueue queue;
    for (const float width : {0.001F, 0.5F, 100.0F}) {
        queue.begin(0, width);
        for (std::uint32_t i = 0; i < 2000; ++i)
            queue.push({i, static_cast<float>(random.in(0, 300))});
        std::vector<int> settled(3000);
        float now = 0;
        int early = 0;
        const float next = queue.run(BucketQueue::never, [&](const Arrival& a) {
            ++settled[a.cell];
            early += a.minutes < now - 1.01F * width;
            now = std::max(now, a.minutes);
            if (a.cell < 1000)
                queue.push({a.cell + 2000, a.minutes + static_cast<float>(random.in(0, 50))});
        });
        CHECK(next == BucketQueue::never);
        CHECK(early == 0);
        CHECK(settled == std::vector<int>(3000, 1));
    }
}

TEST_CASE("what is later than asked for is left, and can be taken out") {
    BucketQueue queue;
    queue.begin(10, 1);
    for (std::uint32_t i = 0; i < 100; ++i)
        queue.push({i, 10.5F + static_cast<float>(i) * 100});
    int settled = 0;
    const float next = queue.run(1009, [&](const Arrival&) { ++settled; });
    CHECK(settled == 10);
    CHECK(next <= 1010.5F);
    CHECK(next > 1009);
    std::vector<Arrival> left;
    queue.leave(left);
    CHECK(left.size() == 90);
    queue.begin(0, 1);
    CHECK(queue.run(BucketQueue::never, [](const Arrival&) { FAIL("there is none"); }) == BucketQueue::never);
}

TEST_CASE("what comes earlier than what is being settled is settled at once") {
    BucketQueue queue;
    queue.begin(100, 1);
    queue.push({1, 100});
    std::vector<std::uint32_t> order;
    queue.push({3, 1e30F});
    queue.run(BucketQueue::never, [&](const Arrival& a) {
        order.push_back(a.cell);
        if (a.cell == 1)
            queue.push({2, 50});
    });
    CHECK(order == std::vector<std::uint32_t>{1, 2, 3});
}
