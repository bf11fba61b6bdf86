// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

namespace zonerank::engine {

// Pieces of waves between 0 and 1, by a few products and sums in the same order
// everywhere, so that loops over them vectorise and give the same bits on all
// machines. Within 1e-15; REQUIRE 0 <= t <= 1 (NaN stays).

/// sin(pi t / 4): Taylor's terms, of which the next is below 2^-57.
ZONERANK_INLINE inline double sine_of_eighth(double t) {
    constexpr double quarter_pi = 0x1.921fb54442d18p-1;
    const double u = t * quarter_pi, z = u * u;
    double p = 1.0 / 355687428096000.0;
    p = p * z - 1.0 / 1307674368000.0;
    p = p * z + 1.0 / 6227020800.0;
    p = p * z - 1.0 / 39916800.0;
    p = p * z + 1.0 / 362880.0;
    p = p * z - 1.0 / 5040.0;
    p = p * z + 1.0 / 120.0;
    p = p * z - 1.0 / 6.0;
    return u + u * z * p;
}

/// cos(pi t / 4), likewise.
ZONERANK_INLINE inline double cosine_of_eighth(double t) {
    constexpr double quarter_pi = 0x1.921fb54442d18p-1;
    const double u = t * quarter_pi, z = u * u;
    double p = 1.0 / 20922789888000.0;
    p = p * z - 1.0 / 87178291200.0;
    p = p * z + 1.0 / 479001600.0;
    p = p * z - 1.0 / 3628800.0;
    p = p * z + 1.0 / 40320.0;
    p = p * z - 1.0 / 720.0;
    p = p * z + 1.0 / 24.0;
    p = p * z - 0.5;
    return 1 + z * p;
}

/// sin^2(pi t / 2), which is cos^2(pi (1 - t) / 2): from 0 over 1/2 to 1.
ZONERANK_INLINE inline double squared_sine(double t) {
    const double h = t < 0.5 ? t : 1 - t; // both halves are alike
    const double s = sine_of_eighth(2 * h);
    return t < 0.5 ? s * s : 1 - s * s;
}

/// tan(pi t / 4): from 0 to exactly 1.
ZONERANK_INLINE inline double eighth_tangent(double t) {
    const double tangent = sine_of_eighth(t) / cosine_of_eighth(t);
    return t < 1 ? tangent : t != t ? t : 1;
}

} // namespace zonerank::engine
