// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

#include <cstddef>
#include <span>
#include <utility>

namespace zonerank::engine {

/// A measurement and its value.
using ValuePoint = std::pair<double, double>;

/// On the straight line through two points, wherever x is. An infinite x counts as
/// 1e300, so that on a level line it is worth what all others are.
ZONERANK_INLINE inline double along(const ValuePoint& from, const ValuePoint& to, double x) {
    const double finite = x > 1e300 ? 1e300 : x < -1e300 ? -1e300 : x;
    return from.second + (to.second - from.second) * ((finite - from.first) / (to.first - from.first));
}

/// Straight between points (two or more, rising measurements); beyond them the value
/// of the first or the last. Exact at each point. NaN: any value.
ZONERANK_INLINE inline double piecewise_clipped(std::span<const ValuePoint> points, double x) {
    double value = points.front().second;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const auto& [x0, v0] = points[i - 1];
        const auto& [x1, v1] = points[i];
        const double t = (x - x0) / (x1 - x0);
        value = x >= x0 ? t < 1 ? v0 * (1 - t) + v1 * t : v1 : value;
    }
    return value;
}

/// The same, but beyond the ends on along the first and the last piece, so it may
/// leave [0, 1]: interpolation with out-of-range behaviour "interpolate" of partial
/// value functions (Tervonen 2014, rsmaa).
ZONERANK_INLINE inline double piecewise_extrapolated(std::span<const ValuePoint> points, double x) {
    const std::size_t last = points.size() - 1;
    const double before = along(points[0], points[1], x), after = along(points[last - 1], points[last], x);
    return x < points[0].first ? before : x > points[last].first ? after : piecewise_clipped(points, x);
}

} // namespace zonerank::engine
