// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/memory_budget.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <thread>
#include <vector>

using namespace zonerank;
using engine::MemoryBudget;

TEST_CASE("who needs more than is left waits, and one alone always begins") {
    MemoryBudget budget(100);
    const std::atomic<bool> go_on = false, stop = true;
    { const MemoryBudget::Lease more_than_there_is = budget.take(1000, go_on); }
    const MemoryBudget::Lease some = budget.take(60, stop);
    const MemoryBudget::Lease rest = budget.take(40, stop);
    CHECK_THROWS_WITH_AS(budget.take(1, stop), "stopped", Error);
}

TEST_CASE("never more at a time than there is") {
    MemoryBudget budget(100);
    const std::atomic<bool> go_on = false;
    std::atomic<int> taken = 0, most = 0;
    const auto run = [&] {
        for (int i = 0; i < 50; ++i) {
            const MemoryBudget::Lease lease = budget.take(40, go_on);
            const int now = taken += 40;
            for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
            }
            std::this_thread::sleep_for(std::chrono::microseconds(100));
            taken -= 40;
        }
    };
    {
        std::vector<std::jthread> runs;
        for (int i = 0; i < 4; ++i)
            runs.emplace_back(run);
    }
    CHECK(taken == 0);
    CHECK(most == 80);
}
