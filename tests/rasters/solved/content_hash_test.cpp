// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/content_hash.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using zonerank::rasters::content_hash;

TEST_CASE("contents that differ in a bit, in length or in order have other hashes") {
    std::set<std::uint64_t> seen;
    std::vector<std::byte> bytes(100);
    CHECK(content_hash(bytes) == content_hash(std::vector<std::byte>(100)));
    seen.insert(content_hash(bytes));
    for (std::size_t bit = 0; bit < 800; ++bit) {
        bytes[bit / 8] ^= std::byte{1} << (bit % 8);
        seen.insert(content_hash(bytes));
        bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    }
    for (std::size_t size = 0; size < 100; ++size)
        seen.insert(content_hash(std::span(bytes).first(size)));
    bytes[0] = std::byte{1};
    bytes[15] = std::byte{2};
    seen.insert(content_hash(bytes));
    std::swap(bytes[0], bytes[8]);
    std::swap(bytes[7], bytes[15]);
    seen.insert(content_hash(bytes));
    CHECK(seen.size() == 1 + 800 + 100 + 2);
    CHECK(!seen.contains(0));
}
