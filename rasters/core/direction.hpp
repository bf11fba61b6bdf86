// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

#include <cmath>
#include <numbers>

namespace zonerank::rasters {

namespace detail {
/// atan(x) for 0 <= x <= 0.66 (the rational function of Cephes, Moshier 1989).
ZONERANK_INLINE inline double small_arc_tangent(double x) {
    const double z = x * x;
    const double p =
        (((-8.750608600031904122785e-1 * z - 1.615753718733365076637e1) * z - 7.500855792314704667340e1) * z -
         1.228866684490136173410e2) *
            z -
        6.485021904942025371773e1;
    const double q =
        ((((z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2) * z + 4.328810604912902668951e2) * z +
         4.853903996359136964868e2) *
            z +
        1.945506571482613964425e2;
    return x * (z * p / q) + x;
}
} // namespace detail

/// Degrees clockwise from north, [0, 360), of the way `east` and `north`, which are
/// not both 0; within 1e-13 of them, but for ways shorter than 1e-300. A few
/// operations, in the same order everywhere, so that loops over it vectorise and give
/// the same bits on all machines. NaN stays.
ZONERANK_INLINE inline double direction(double east, double north) {
    const double x = std::abs(east), y = std::abs(north);
    const double less = y < x ? y : x, more = y < x ? x : y;
    const double ratio = less / more, turned = (ratio - 1) / (ratio + 1); // by 45 degrees
    const bool steep = ratio > 0.5;
    const double arc = detail::small_arc_tangent(steep ? turned : ratio) + (steep ? std::numbers::pi / 4 : 0);
    const double sharp = arc * (180 / std::numbers::pi);
    const double quarter = y < x ? 90 - sharp : sharp; // from the north or south
    const double half = north < 0 ? 180 - quarter : quarter;
    const double degrees = east < 0 ? 360 - half : half;
    return degrees < 360 ? degrees : degrees - 360;
}

} // namespace zonerank::rasters
