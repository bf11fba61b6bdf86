// SPDX-License-Identifier: Apache-2.0
#include "rasters/geometry.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::rasters {

void Box::add(Point p) {
    xmin = std::min(xmin, p.x);
    ymin = std::min(ymin, p.y);
    xmax = std::max(xmax, p.x);
    ymax = std::max(ymax, p.y);
}

void Box::add(const Box& other) {
    if (other.empty())
        return;
    add(Point{other.xmin, other.ymin});
    add(Point{other.xmax, other.ymax});
}

Box bounds(const Path& path) {
    Box box;
    for (const Point p : path)
        box.add(p);
    return box;
}

Box bounds(const Polygon& polygon) {
    Box box;
    for (const Path& ring : polygon.rings)
        box.add(bounds(ring));
    return box;
}

Box bounds(const Shape& shape) {
    Box box = bounds(shape.points);
    for (const Path& line : shape.lines)
        box.add(bounds(line));
    for (const Polygon& polygon : shape.polygons)
        box.add(bounds(polygon));
    return box;
}

// Relative to the first point, so that coordinates of millions of metres do
// not eat the digits of a small plot.
static double ring_area(const Path& ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a{ring[i].x - ring[0].x, ring[i].y - ring[0].y};
        const Point b{ring[i + 1].x - ring[0].x, ring[i + 1].y - ring[0].y};
        twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
}

double area(const Polygon& polygon) {
    double total = 0;
    for (std::size_t i = 0; i < polygon.rings.size(); ++i)
        total += (i == 0 ? 1 : -1) * ring_area(polygon.rings[i]);
    return std::max(total, 0.0);
}

double area(const Shape& shape) {
    double total = 0;
    for (const Polygon& polygon : shape.polygons)
        total += area(polygon);
    return total;
}

} // namespace zonerank::rasters
