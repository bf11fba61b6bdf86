// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/lzw.hpp"

#include "rasters/codec/compression.hpp"
#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

class Bits {
public:
    void put(unsigned code, unsigned width) {
        for (unsigned bit = width; bit-- > 0; ++m_bits) {
            if (m_bits % 8 == 0)
                bytes.push_back(std::byte{});
            bytes.back() |= static_cast<std::byte>((code >> bit & 1U) << (7 - m_bits % 8));
        }
    }
    Bytes bytes;

private:
    unsigned m_bits = 0;
};

// TIFF 6.0, section 13, word by word.
Bytes packed_by_the_book(const std::string& text) {
    Bits bits;
    std::map<std::string, unsigned> table;
    unsigned next = 0, width = 0;
    const auto restart = [&] {
        bits.put(256, width == 0 ? 9 : width);
        table.clear();
        for (unsigned i = 0; i < 256; ++i)
            table[std::string(1, static_cast<char>(i))] = i;
        next = 258;
        width = 9;
    };
    restart();
    std::string known;
    for (const char c : text) {
        if (table.count(known + c) > 0) {
            known += c;
            continue;
        }
        bits.put(table[known], width);
        table[known + c] = next++;
        if (next == 4095)
            restart();
        else if (next == 1U << width)
            ++width;
        known = c;
    }
    if (!known.empty())
        bits.put(table[known], width);
    bits.put(257, width);
    return bits.bytes;
}

std::string unpacked(std::span<const std::byte> packed, std::size_t room) {
    Bytes bytes(room);
    const std::size_t n = unpack_lzw(packed, bytes);
    return {reinterpret_cast<const char*>(bytes.data()), n};
}

std::string some_text(std::size_t n, unsigned different) {
    std::mt19937 random(static_cast<unsigned>(n) + different);
    std::string text(n, '\0');
    for (char& c : text)
        c = static_cast<char>(random() % different);
    return text;
}

} // namespace

TEST_CASE("what is packed by the book unpacks") {
    for (const std::size_t n : {1U, 2U, 3U, 20U, 255U, 5000U, 100'000U})
        for (const unsigned different : {1U, 2U, 3U, 20U, 256U}) {
            const std::string text = some_text(n, different);
            CHECK(unpacked(packed_by_the_book(text), n) == text);
        }
}

TEST_CASE("the example of the TIFF specification") {
    const std::string text("\7\7\7\x8\x8\7\7\x6\x6");
    CHECK(unpacked(packed_by_the_book(text), text.size()) == text);
    Bits bits;
    for (const unsigned code : {256U, 7U, 258U, 8U, 8U, 258U, 6U, 6U, 257U})
        bits.put(code, 9);
    CHECK(bits.bytes == packed_by_the_book(text));
}

TEST_CASE("fewer bytes than there is room for are no error, more are") {
    const std::string text = some_text(3000, 3);
    const Bytes packed = packed_by_the_book(text);
    CHECK(unpacked(packed, 2999 + 50) == text);
    CHECK_THROWS_AS(unpacked(packed, 2990), Error);
    const std::string half = unpacked(std::span(packed).first(packed.size() / 2), text.size());
    CHECK(half.size() < text.size());
    CHECK(text.starts_with(half));
    CHECK(unpacked({}, 10).empty());
}

TEST_CASE("codes that mean nothing yet are errors") {
    for (const auto& codes :
         {std::vector<unsigned>{256, 258}, {256, 7, 259}, {256, 7, 258, 300}, {300}, {256, 7, 7, 256, 258}}) {
        Bits bits;
        for (const unsigned code : codes)
            bits.put(code, 9);
        CHECK_THROWS_AS(unpacked(bits.bytes, 100), Error);
    }
}

TEST_CASE("chance is unpacked or refused") {
    std::mt19937 random(5);
    for (int i = 0; i < 3000; ++i) {
        Bytes packed(random() % 300);
        for (std::byte& byte : packed)
            byte = static_cast<std::byte>(random());
        try {
            const std::string text = unpacked(packed, 200);
            CHECK(text.size() <= 200);
        } catch (const Error&) {
        }
    }
}

TEST_CASE("a table that is never cleared stays as it is when full") {
    Bits bits;
    bits.put(256, 9);
    std::string expected;
    unsigned next = 257; // the first code adds nothing
    for (unsigned i = 0; i < 9000; ++i) {
        bits.put(i % 256, next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9);
        expected += static_cast<char>(i % 256);
        next = std::min(next + 1, 4096U);
    }
    CHECK(unpacked(bits.bytes, expected.size()) == expected);
}

TEST_CASE("the LZW of before 1988 is told apart") {
    CHECK(is_old_lzw(std::vector<std::byte>{std::byte{0}, std::byte{1}}));
    CHECK(!is_old_lzw(packed_by_the_book("a")));
    CHECK(!is_old_lzw({}));
    std::vector<std::byte> room(8);
    CHECK_THROWS_WITH(unpack_lzw(std::vector<std::byte>{std::byte{0}, std::byte{1}, std::byte{2}}, room),
                      "LZW of before 1988");
}
