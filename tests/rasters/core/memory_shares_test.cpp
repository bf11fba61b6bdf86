// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/memory_shares.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank::rasters;

static constexpr std::uint64_t mebibyte = 1 << 20, gibibyte = 1 << 30;

TEST_CASE("from 4 GiB on each has all that is of use to it") {
    const MemoryShares some = shares_of(4 * gibibyte), many = shares_of(64 * gibibyte);
    CHECK(some.blocks == 256 * mebibyte);
    CHECK(some.times == 768 * mebibyte);
    CHECK(some.sums == 1024 * mebibyte);
    CHECK(some.gdal == many.gdal);
    CHECK(some.line_sums == many.line_sums);
    CHECK(many.most_blocks == 16 * gibibyte);
}

TEST_CASE("what may be there at once is two thirds at most, whatever is given") {
    for (const std::uint64_t bytes : {64 * mebibyte, 300 * mebibyte, 2 * gibibyte, 5 * gibibyte}) {
        const MemoryShares s = shares_of(bytes);
        const std::size_t solving = std::max({s.times, s.sums, s.line_sums, s.ground});
        CHECK(static_cast<double>(s.blocks + s.gdal + s.spare + s.scratch + solving) <
              0.667 * static_cast<double>(bytes));
        CHECK(s.times_kept < s.times);
        CHECK(s.sums_kept < s.sums);
        CHECK(s.line_sums_kept < s.line_sums);
    }
}

TEST_CASE("shares that are set hold") {
    const MemoryShares before = memory_shares();
    hold_memory(512 * mebibyte);
    CHECK(memory_shares().blocks == 64 * mebibyte);
    hold_memory(machine_memory());
    CHECK(memory_shares().blocks == before.blocks);
}

TEST_CASE("the machine has some memory") {
    CHECK(machine_memory() > 64 * mebibyte);
    CHECK(machine_memory() < (std::uint64_t{1} << 50));
}
