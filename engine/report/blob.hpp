// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// Bytes of a picture, row by row, as text that a page reads back: base64 (RFC 4648) of zlib
/// (RFC 1950) of each byte less its prediction, left + up - upper left of the picture (what
/// is not there counts 0), modulo 256. Smooth pictures take a few bits a pixel, no picture
/// more than 4/3 bytes a pixel and a thousandth. The same on every processor. REQUIRES
/// whole rows of cols > 0.
std::string blob(std::span<const std::uint8_t> picture, int cols);

/// A text as a page unpacks it: base64 of zlib (RFC 1950).
std::string packed_text(std::string_view text);

std::string base64(std::string_view bytes); ///< RFC 4648, with padding

} // namespace zonerank::engine
