// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/report/display_maps.hpp"
#include "rasters/codec/compression.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::tests {

/// What a page does with base64.
inline std::string unbase64(const std::string& text) {
    const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned held = 0, bits = 0;
    for (const char c : text) {
        if (c == '=')
            break;
        held = held << 6 | static_cast<unsigned>(digits.find(c));
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> bits & 0xFF);
        }
    }
    return bytes;
}

/// What a page does with a blob: the picture's bytes.
inline std::vector<std::uint8_t> unblob(const std::string& blob, int cols, int rows) {
    const std::string packed = unbase64(blob);
    std::vector<std::byte> bytes(static_cast<std::size_t>(cols * rows));
    const auto got = rasters::decompress(rasters::Compression::deflate,
                                         std::as_bytes(std::span(packed.data(), packed.size())), bytes);
    if (got != bytes.size())
        throw Error("{} bytes of {}", got, bytes.size());
    std::vector<std::uint8_t> picture(bytes.size());
    const auto at = [&](int x, int y) -> int {
        return x < 0 || y < 0 ? 0 : picture[static_cast<std::size_t>(y * cols + x)];
    };
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x) {
            const auto i = static_cast<std::size_t>(y * cols + x);
            picture[i] =
                static_cast<std::uint8_t>(static_cast<int>(bytes[i]) + at(x - 1, y) + at(x, y - 1) - at(x - 1, y - 1));
        }
    return picture;
}

/// All windows of a side, in an order of their own.
inline void show_all(engine::DisplayMaps& maps, const engine::Model& model, int side) {
    std::vector<rasters::Window> windows = rasters::tiles(model.grid().window(), side);
    for (std::size_t i = windows.size(); i-- > 0;)
        maps.add(model.evaluate(windows[i]));
}

} // namespace zonerank::tests
