// SPDX-License-Identifier: Apache-2.0
#include "rasters/segment.hpp"

namespace zonerank::rasters {

// Twice the signed area of the triangle; positive when p is left of s.
static double side(const Segment& s, Point p) {
    return (s.b.x - s.a.x) * (p.y - s.a.y) - (s.b.y - s.a.y) * (p.x - s.a.x);
}

bool crosses(const Segment& s, const Segment& t) {
    const double a = side(s, t.a), b = side(s, t.b), c = side(t, s.a), d = side(t, s.b);
    return ((a > 0 && b < 0) || (a < 0 && b > 0)) && ((c > 0 && d < 0) || (c < 0 && d > 0));
}

bool meets(const Segment& s, const Box& box) {
    if (box.contains(s.a) || box.contains(s.b))
        return true;
    if (!box.intersects(s.box()))
        return false;
    // Both boxes overlap: they miss each other only if the box lies on one side of the line.
    const double corners[] = {side(s, {box.xmin, box.ymin}), side(s, {box.xmax, box.ymin}),
                              side(s, {box.xmax, box.ymax}), side(s, {box.xmin, box.ymax})};
    const auto left = [](double x) { return x > 0; };
    const auto right = [](double x) { return x < 0; };
    return !std::all_of(std::begin(corners), std::end(corners), left) &&
           !std::all_of(std::begin(corners), std::end(corners), right);
}

double squared_distance(const Segment& s, const Segment& t) {
    if (crosses(s, t))
        return 0;
    const Ray r = ray(s), q = ray(t);
    return std::min(
        {squared_distance(r, t.a), squared_distance(r, t.b), squared_distance(q, s.a), squared_distance(q, s.b)});
}

double squared_distance(const Segment& s, const Box& box) {
    if (meets(s, box))
        return 0;
    const Ray r = ray(s);
    const double corners =
        std::min({squared_distance(r, {box.xmin, box.ymin}), squared_distance(r, {box.xmax, box.ymin}),
                  squared_distance(r, {box.xmax, box.ymax}), squared_distance(r, {box.xmin, box.ymax})});
    return std::min({corners, squared_distance(box, s.a), squared_distance(box, s.b)});
}

} // namespace zonerank::rasters
