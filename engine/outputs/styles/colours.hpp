// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace zonerank::engine {

using Colour = std::array<std::uint8_t, 4>; ///< red, green, blue, alpha

/// Ramps for numbers. In each the lightness (CIELAB L*) goes one way from end to end, so that it
/// reads in grey and with every kind of colour vision; no two have the same hues.
enum class Ramp : std::uint8_t {
    score,       ///< viridis, from dark (worst) to bright (Smith and van der Walt 2015)
    deviation,   ///< from pale to dark purple (ColorBrewer's RdPu)
    share,       ///< from pale to dark blue (ColorBrewer's Blues)
    speed,       ///< cividis, from dark to bright (Nunez, Anderton and Renslow 2018)
    measurement, ///< from pale to dark brown (ColorBrewer's YlOrBr)
};

/// At a place 0 .. 1 of a ramp. Places beyond are the ends, NaN is 0.
Colour ramp_colour(Ramp ramp, double place);

/// Of a score 0 .. 1.
Colour score_colour(double score);

/// Of the i-th of classes without order: criteria, say.
Colour class_colour(std::size_t i);

/// Of the i-th constraint where it rules land out: earth and violet, of which viridis has nothing,
/// pale and dark in turn. The first eight differ for every kind of colour vision.
Colour excluded_colour(std::size_t i);

std::string hex(const Colour& colour);  ///< "#rrggbb"
std::string rgba(const Colour& colour); ///< "255,255,255,255"

} // namespace zonerank::engine
