// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using namespace zonerank::rasters;

TEST_CASE("a value is known unless it is NaN, or 0 of a class") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (const float known :
         {0.0F, -0.0F, 1.5F, -9999.0F, infinity, -infinity, std::numeric_limits<float>::denorm_min()})
        CHECK(is_known(known));
    for (const float unknown : {no_data, -no_data, std::numeric_limits<float>::signaling_NaN()})
        CHECK_FALSE(is_known(unknown));
    CHECK(is_known(std::uint8_t{255}));
    CHECK_FALSE(is_known(std::uint64_t{0}));
    CHECK(is_known(std::uint64_t{1} << 63));
}

TEST_CASE("what is not known counts as zero, even a NaN") {
    CHECK(or_zero(true, -2.5) == -2.5);
    CHECK(or_zero(false, -2.5) == 0);
    CHECK(or_zero(false, static_cast<double>(no_data)) == 0);
}

TEST_CASE("blocks cover all cells") {
    CHECK(blocks_over(1) == 1);
    CHECK(blocks_over(512) == 1);
    CHECK(blocks_over(513) == 2);
}
