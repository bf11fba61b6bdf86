// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <algorithm>

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

inline Ray ray(const Segment& s) {
    const double dx = s.b.x - s.a.x, dy = s.b.y - s.a.y, squared = dx * dx + dy * dy;
    return {s.a.x, s.a.y, dx, dy, squared > 1e-300 ? 1 / squared : 0};
}

/// Squared distance from (ax + px, ay + py) to a ray's segment. The one place
/// where it is computed, of single numbers or of short vectors, so that every
/// way to a distance gives the same bits.
template <typename Number>
Number squared_distance(Number px, Number py, Number dx, Number dy, Number inverse) {
    const Number zero{}, one = zero + 1;
    Number t = (px * dx + py * dy) * inverse;
    t = t > zero ? t : zero;
    t = t < one ? t : one;
    const Number ex = px - t * dx, ey = py - t * dy;
    return ex * ex + ey * ey;
}

inline double squared_distance(const Ray& r, Point p) {
    return squared_distance(p.x - r.ax, p.y - r.ay, r.dx, r.dy, r.inverse);
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
