// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <limits>

namespace zonerank::rasters {

/// A straight edge; a == b is a point.
struct Segment {
    Point a, b;

    Box box() const { return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}; }
    friend bool operator==(const Segment&, const Segment&) = default;
};

/// A segment as the distance kernel wants it: start, direction and 1 / length^2
/// (0 for a point).
struct Ray {
    double ax, ay, dx, dy, inverse;
};

ZONERANK_INLINE inline Ray ray(const Segment& s) {
    const double dx = s.b.x - s.a.x, dy = s.b.y - s.a.y, squared = dx * dx + dy * dy;
    const double some = squared > 1e-300 ? squared : std::numeric_limits<double>::infinity();
    return {s.a.x, s.a.y, dx, dy, 1 / some};
}

/// The way (ex, ey) from a ray's segment to (ax + px, ay + py). The one place where
/// it is computed, of single numbers or of short vectors, so that every way to a
/// distance gives the same bits. `zero` and `one` are where a segment ends.
template <typename Number, typename Other>
ZONERANK_INLINE inline void way_from(const Number& px, const Other& py, const Other& dx, const Other& dy,
                                     const Other& inverse, const Number& zero, const Number& one, Number& ex,
                                     Number& ey) {
    Number t = (px * dx + py * dy) * inverse;
    t = t > zero ? t : zero;
    t = t < one ? t : one;
    ex = px - t * dx;
    ey = py - t * dy;
}

inline double squared_distance(const Ray& r, Point p) {
    double ex, ey;
    way_from(p.x - r.ax, p.y - r.ay, r.dx, r.dy, r.inverse, 0.0, 1.0, ex, ey);
    return ex * ex + ey * ey;
}

inline double squared_distance(const Segment& s, Point p) {
    return squared_distance(ray(s), p);
}

inline double squared_distance(const Box& box, Point p) {
    const double ex = std::max({box.xmin - p.x, p.x - box.xmax, 0.0});
    const double ey = std::max({box.ymin - p.y, p.y - box.ymax, 0.0});
    return ex * ex + ey * ey;
}

inline double squared_distance(const Box& a, const Box& b) {
    const double ex = std::max({a.xmin - b.xmax, b.xmin - a.xmax, 0.0});
    const double ey = std::max({a.ymin - b.ymax, b.ymin - a.ymax, 0.0});
    return ex * ex + ey * ey;
}

bool crosses(const Segment& s, const Segment& t); ///< in one point inside both
bool meets(const Segment& s, const Box& box);     ///< some point of s is in the box, edges included

double squared_distance(const Segment& s, const Segment& t); ///< 0 where they cross
double squared_distance(const Segment& s, const Box& box);   ///< to the box as a filled area

} // namespace zonerank::rasters
