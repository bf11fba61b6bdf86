// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace zonerank::rasters {

/// 64 bits that tell contents apart, and damage; not safe against who means harm. The
/// same on every machine of like byte order. Never 0. By the mixing of SplitMix64 (Steele,
/// Lea and Flood 2014), word by word.
inline std::uint64_t content_hash(std::span<const std::byte> bytes) {
    const auto mixed = [](std::uint64_t x) {
        x = (x ^ (x >> 30)) * 0xBF58'476D'1CE4'E5B9U;
        x = (x ^ (x >> 27)) * 0x94D0'49BB'1331'11EBU;
        return x ^ (x >> 31);
    };
    std::uint64_t hash = mixed(bytes.size() + 1);
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(bytes.size(), sizeof(std::uint64_t)))) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), std::min(bytes.size(), sizeof(word)));
        hash = std::rotl(hash, 23) * 0x9E37'79B9'7F4A'7C15U + mixed(word);
    }
    hash = mixed(hash);
    return hash != 0 ? hash : 1;
}

} // namespace zonerank::rasters
