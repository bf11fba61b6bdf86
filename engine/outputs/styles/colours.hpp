// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace zonerank::engine {

using Colour = std::array<std::uint8_t, 4>; ///< red, green, blue, alpha

/// Of a score 0 .. 1 (viridis; Smith and van der Walt 2015), from dark to bright.
/// Scores beyond are those at the ends, NaN is 0.
Colour score_colour(double score);

/// Of the i-th of classes without order.
Colour class_colour(std::size_t i);

std::string hex(const Colour& colour);  ///< "#rrggbb"
std::string rgba(const Colour& colour); ///< "255,255,255,255"

} // namespace zonerank::engine
