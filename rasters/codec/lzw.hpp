// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace zonerank::rasters {

/// Unpacks TIFF's LZW (TIFF 6.0, section 13: high bits first, codes of 9 to 12 bits, wider
/// one code early) to the front of `bytes`; returns how many that are. Throws Error when
/// they are damaged, of the old kind or more than fit.
std::size_t unpack_lzw(std::span<const std::byte> packed, std::span<std::byte> bytes);

/// Whether this starts as the LZW of before 1988 did, low bits first, which isn't read.
bool is_old_lzw(std::span<const std::byte> packed);

} // namespace zonerank::rasters
