// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/stored.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <span>

using namespace zonerank::rasters;

// A compiler that took the two for different memory would return the first float.
[[gnu::noinline]] static float after_bits(float* number, Stored<std::uint32_t>* same) {
    *number = 1;
    same->value = std::bit_cast<std::uint32_t>(2.5F);
    return *number;
}

TEST_CASE("numbers of different types may be the same memory") {
    float numbers[] = {0, 0};
    auto* bits = stored_as<std::uint32_t>(std::as_writable_bytes(std::span(numbers)).data());
    CHECK(after_bits(&numbers[1], bits + 1) == 2.5F);
    CHECK(numbers[0] == 0);
    const std::byte* bytes = std::as_bytes(std::span(numbers)).data();
    CHECK(stored_as<float>(bytes)[1].value == 2.5F);
}
