// SPDX-License-Identifier: Apache-2.0
#include "engine/report/blob.hpp"

#include "rasters/codec/compression.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace zonerank::engine {

static rasters::Bytes residues(std::span<const std::uint8_t> picture, std::size_t cols) {
    rasters::Bytes bytes(picture.size());
    const std::vector<std::uint8_t> nothing(cols, 0);
    for (std::size_t row = 0; row < picture.size(); row += cols) {
        const std::uint8_t* here = picture.data() + row;
        const std::uint8_t* above = row == 0 ? nothing.data() : here - cols;
        std::byte* out = bytes.data() + row;
        out[0] = static_cast<std::byte>(here[0] - above[0]);
        for (std::size_t i = 1; i < cols; ++i)
            out[i] = static_cast<std::byte>(here[i] - here[i - 1] - above[i] + above[i - 1]);
    }
    return bytes;
}

static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void put_digits(unsigned three, char* text) {
    for (int k = 0; k < 4; ++k)
        text[k] = digits[three >> (18 - 6 * k) & 63];
}

std::string base64(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    std::size_t i = 0;
    char* out = text.data();
    for (; i + 3 <= bytes.size(); i += 3, out += 4)
        put_digits(byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2), out);
    if (i < bytes.size()) {
        const bool two = i + 1 < bytes.size();
        put_digits(byte(i) << 16 | (two ? byte(i + 1) << 8 : 0U), out);
        std::fill(out + (two ? 3 : 2), out + 4, '=');
    }
    return text;
}

static std::string packed(std::span<const std::byte> bytes, int level) {
    rasters::Bytes packed;
    rasters::compress(rasters::Compression::deflate, level, bytes, packed);
    return base64({reinterpret_cast<const char*>(packed.data()), packed.size()});
}

std::string blob(std::span<const std::uint8_t> picture, int cols) {
    assert(cols > 0 && picture.size() % static_cast<std::size_t>(cols) == 0);
    constexpr int level = 1; // what is left of a picture hardly repeats: 6 is a hundredth smaller
    return packed(residues(picture, static_cast<std::size_t>(cols)), level);
}

std::string packed_text(std::string_view text) {
    constexpr int level = 6; // deflate's: 9 is hardly smaller and takes three times as long
    return packed(std::as_bytes(std::span(text)), level);
}

} // namespace zonerank::engine
