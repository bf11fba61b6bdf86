// SPDX-License-Identifier: Apache-2.0
#include "engine/text/byte_size.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::byte_size_text;
using engine::parse_byte_size;

static constexpr std::uint64_t mebibyte = 1 << 20, gibibyte = 1 << 30;

TEST_CASE("sizes have a number and a unit") {
    CHECK(parse_byte_size("2GiB") == 2 * gibibyte);
    CHECK(parse_byte_size("512 MiB") == 512 * mebibyte);
    CHECK(parse_byte_size("1.5gib") == 3 * gibibyte / 2);
    CHECK(parse_byte_size("2 GB") == 2'000'000'000);
    CHECK(parse_byte_size("800M") == 800 * mebibyte);
    CHECK(parse_byte_size("2048KiB") == 2 * mebibyte);
    CHECK(parse_byte_size("1t") == 1024 * gibibyte);
}

TEST_CASE("what is no size is told, with what would be one") {
    for (const char* text :
         {"", "GiB", "2", "2 X", "-2GiB", "2GiB of memory", "nanGiB", "inf GiB", "1e3MiB", "0x10MiB"})
        CHECK_THROWS_WITH_AS(parse_byte_size(text),
                             fmt::format("expected a size such as 2GiB or 512MiB, found '{}'", text).c_str(), Error);
    CHECK_THROWS_WITH_AS(parse_byte_size("0GiB"), "expected a size from 1MiB on, such as 2GiB, found '0GiB'", Error);
    CHECK_THROWS_AS(parse_byte_size("10KiB"), Error);
    CHECK_THROWS_AS(parse_byte_size("99999999999TiB"), Error);
}

TEST_CASE("a size is told as it is read") {
    CHECK(byte_size_text(2 * gibibyte) == "2GiB");
    CHECK(byte_size_text(640 * mebibyte) == "640MiB");
    CHECK(byte_size_text(3 * gibibyte / 2) == "1.5GiB");
    for (const std::uint64_t bytes : {std::uint64_t{5'000'000}, 700 * mebibyte + 1, 2 * gibibyte + 7, 13 * gibibyte}) {
        CHECK(engine::round_up(bytes) >= bytes);
        CHECK(parse_byte_size(byte_size_text(engine::round_up(bytes))) >= bytes);
    }
}
