// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/geometry.hpp"

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

std::vector<const Shape*> addresses(std::span<const Shape> shapes) {
    std::vector<const Shape*> all;
    for (const Shape& shape : shapes)
        all.push_back(&shape);
    return all;
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

/// The narrowest range of longitudes that holds all boxes: across the antimeridian
/// it goes on beyond 180 degrees.
static Box around_globe(std::vector<Box> boxes) {
    Box all;
    for (const Box& box : boxes)
        all.add(box);
    std::ranges::sort(boxes, {}, &Box::xmin);
    double widest = all.xmin + 360 - all.xmax, reach = all.xmin;
    for (const Box& box : boxes) {
        if (box.xmin - reach > widest) {
            widest = box.xmin - reach;
            all.xmin = box.xmin;
            all.xmax = reach + 360;
        }
        reach = std::max(reach, box.xmax);
    }
    return all;
}

static std::vector<Box> parts_of(const Shape& shape) {
    std::vector<Box> boxes;
    for (const Point p : shape.points)
        boxes.push_back({p.x, p.y, p.x, p.y});
    for (const Path& line : shape.lines)
        boxes.push_back(bounds(line));
    for (const Polygon& polygon : shape.polygons)
        boxes.push_back(bounds(polygon));
    return boxes;
}

Box lonlat_bounds(const Shape& shape) {
    return around_globe(parts_of(shape));
}

} // namespace zonerank::rasters
