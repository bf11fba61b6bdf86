// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace zonerank::rasters;

TEST_CASE("every number comes once") {
    std::vector<int> times(1000);
    in_parallel(times.size(), [&](std::size_t i) { ++times[i]; });
    CHECK(times == std::vector<int>(1000, 1));
    in_parallel(0, [](std::size_t) { FAIL("there is none"); });
}

TEST_CASE("results are shown in order, and few are there at a time") {
    std::atomic<int> there = 0, most = 0;
    std::vector<std::size_t> shown;
    in_order(
        500, 4,
        [&](std::size_t i) {
            const int now = ++there;
            for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
            }
            return i * i;
        },
        [&](std::size_t square) {
            --there;
            shown.push_back(square);
        });
    REQUIRE(shown.size() == 500);
    for (std::size_t i = 0; i < shown.size(); ++i)
        REQUIRE(shown[i] == i * i);
    CHECK(most <= 4);
}

TEST_CASE("what one throws comes out") {
    const auto third = [](std::size_t i) {
        if (i == 3)
            throw std::runtime_error("three");
        return i;
    };
    CHECK_THROWS_WITH(in_parallel(10, third), "three");
    CHECK_THROWS_WITH(in_order(10, 2, third, [](std::size_t) {}), "three");
    CHECK_THROWS_WITH(in_order(
                          10, 2, [](std::size_t i) { return i; }, third),
                      "three");
}

// The outer loop's other half throws once the inner loop has begun, which takes a second if nothing ends it.
template <typename Inner>
static bool returns_from_half(Inner&& inner) {
    std::atomic<int> begun = 0, done = 0;
    std::atomic<bool> returned = false;
    const auto step = [&](std::size_t) {
        ++begun;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ++done;
        return 0;
    };
    const auto outer = [&](std::size_t half) {
        if (half == 0) {
            inner(step);
            returned = true;
        } else {
            while (begun == 0)
                std::this_thread::yield();
            throw std::runtime_error("elsewhere");
        }
    };
    CHECK_THROWS_WITH(in_parallel(2, outer), "elsewhere");
    return returned && done < 1000;
}

TEST_CASE("a loop that is ended from outside never returns as if it were whole") {
    if (std::thread::hardware_concurrency() < 2)
        return;
    CHECK_FALSE(returns_from_half([](const auto& step) { in_parallel(1000, step); }));
    CHECK_FALSE(returns_from_half([](const auto& step) { in_order(1000, 4, step, [](int) {}); }));
}
