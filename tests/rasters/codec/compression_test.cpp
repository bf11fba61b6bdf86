// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/compression.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

Bytes some_bytes(std::size_t n, unsigned different) {
    std::mt19937 random(static_cast<unsigned>(n) + different);
    Bytes bytes(n);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random() % different);
    return bytes;
}

Bytes packed_by(Compression compression, int level, const Bytes& bytes) {
    Bytes packed;
    compress(compression, level, bytes, packed);
    return packed;
}

} // namespace

TEST_CASE("what is packed unpacks to the same") {
    struct Row {
        Compression compression;
        int level;
    };
    for (const Row& row : {Row{Compression::none, 0}, Row{Compression::deflate, 1}, Row{Compression::deflate, 12},
                           Row{Compression::deflate, 6}, Row{Compression::zstd, 1}, Row{Compression::zstd, 9}})
        for (const std::size_t n : {0U, 1U, 1000U, 300'000U})
            for (const unsigned different : {1U, 5U, 256U}) {
                const Bytes bytes = some_bytes(n, different), packed = packed_by(row.compression, row.level, bytes);
                Bytes found(n);
                CHECK(decompress(row.compression, packed, found) == n);
                CHECK(found == bytes);
            }
}

TEST_CASE("fewer bytes than there is room for are no error") {
    for (const Compression compression : {Compression::none, Compression::deflate, Compression::zstd}) {
        const Bytes bytes = some_bytes(1000, 7), packed = packed_by(compression, 3, bytes);
        Bytes room(2000);
        CHECK(decompress(compression, packed, room) == 1000);
        CHECK(std::equal(bytes.begin(), bytes.end(), room.begin()));
    }
}

TEST_CASE("more than fits and damage are errors") {
    for (const Compression compression : {Compression::none, Compression::deflate, Compression::zstd}) {
        Bytes packed = packed_by(compression, 3, some_bytes(1000, 200)), room(999);
        CHECK_THROWS_AS(decompress(compression, packed, room), Error);
        room.resize(1000);
        if (compression == Compression::none)
            continue;
        CHECK_THROWS_AS(decompress(compression, std::span(packed).first(packed.size() / 2), room), Error);
        packed[0] ^= std::byte{0xFF};
        CHECK_THROWS_AS(decompress(compression, packed, room), Error);
    }
}
