// SPDX-License-Identifier: Apache-2.0
#include "engine/report/blob.hpp"

#include "rasters/codec/compression.hpp"

#include <cassert>

namespace zonerank::engine {

static rasters::Bytes residues(std::span<const std::uint8_t> picture, std::size_t cols) {
    rasters::Bytes bytes(picture.size());
    for (std::size_t i = 0; i < picture.size(); ++i) {
        const bool first_row = i < cols, first_col = i % cols == 0;
        const unsigned left = first_col ? 0 : picture[i - 1];
        const unsigned up = first_row ? 0 : picture[i - cols];
        const unsigned corner = first_row || first_col ? 0 : picture[i - cols - 1];
        bytes[i] = static_cast<std::byte>((picture[i] - left - up + corner) & 0xFF);
    }
    return bytes;
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
        };
        const unsigned three = byte(0) << 16 | byte(1) << 8 | byte(2);
        text += digits[three >> 18];
        text += digits[three >> 12 & 63];
        text += i + 1 < bytes.size() ? digits[three >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? digits[three & 63] : '=';
    }
    return text;
}

std::string blob(std::span<const std::uint8_t> picture, int cols) {
    assert(cols > 0 && picture.size() % static_cast<std::size_t>(cols) == 0);
    constexpr int level = 6; // deflate's: 9 is a tenth smaller and takes five times as long
    rasters::Bytes packed;
    rasters::compress(rasters::Compression::deflate, level, residues(picture, static_cast<std::size_t>(cols)), packed);
    return base64({reinterpret_cast<const char*>(packed.data()), packed.size()});
}

} // namespace zonerank::engine
