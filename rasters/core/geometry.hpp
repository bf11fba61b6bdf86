// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Planar coordinates in the units of a CRS (metres for a grid's).
struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// The row or column of pixels in which a place lies, counted from 0; within an int.
inline int floor_of(double place) {
    return static_cast<int>(std::floor(place));
}

/// A rectangle in CRS units. A default-made box is empty and grows by `add`.
struct Box {
    double xmin = std::numeric_limits<double>::infinity();
    double ymin = std::numeric_limits<double>::infinity();
    double xmax = -std::numeric_limits<double>::infinity();
    double ymax = -std::numeric_limits<double>::infinity();

    double width() const { return xmax - xmin; }
    double height() const { return ymax - ymin; }
    bool empty() const { return !(xmin <= xmax && ymin <= ymax); }
    Point centre() const { return {(xmin + xmax) / 2, (ymin + ymax) / 2}; }
    bool intersects(const Box& o) const { return xmin <= o.xmax && o.xmin <= xmax && ymin <= o.ymax && o.ymin <= ymax; }
    bool contains(Point p) const { return xmin <= p.x && p.x <= xmax && ymin <= p.y && p.y <= ymax; }
    Box grown(double by) const { return {xmin - by, ymin - by, xmax + by, ymax + by}; } ///< negative shrinks

    void add(Point p);
    void add(const Box& other);

    friend bool operator==(const Box&, const Box&) = default;
};

using Path = std::vector<Point>;

/// Closed rings (last point = first), the outer one first, then its holes.
/// Ring direction does not matter: inside is where a ray crosses the rings an
/// odd number of times.
struct Polygon {
    std::vector<Path> rings;
};

/// A feature's geometry, flattened: any mix of points, lines and polygons.
/// A valid shape's polygons do not overlap each other.
struct Shape {
    std::vector<Point> points;
    std::vector<Path> lines;
    std::vector<Polygon> polygons;

    bool empty() const { return points.empty() && lines.empty() && polygons.empty(); }
};

/// Where shapes lie, for what takes shapes from several places without a copy.
std::vector<const Shape*> addresses(std::span<const Shape> shapes);

Box bounds(const Path& path);
Box bounds(const Polygon& polygon);
Box bounds(const Shape& shape); ///< an empty box for an empty shape

/// Bounds of a shape in longitude and latitude whose parts lie between -180 and 180:
/// the narrowest box around all parts, which goes on beyond 180 degrees where they
/// lie on both sides of the antimeridian.
Box lonlat_bounds(const Shape& shape);

/// Planar area in square CRS units: outer rings less holes, never negative.
double area(const Polygon& polygon);
double area(const Shape& shape);

/// Calls visit(Point from, Point to) for each edge of the shape's lines and rings.
template <typename Visit>
void for_each_segment(const Shape& shape, Visit&& visit) {
    const auto walk = [&](const Path& path) {
        for (std::size_t i = 0; i + 1 < path.size(); ++i)
            visit(path[i], path[i + 1]);
    };
    for (const Path& line : shape.lines)
        walk(line);
    for (const Polygon& polygon : shape.polygons)
        for (const Path& ring : polygon.rings)
            walk(ring);
}

} // namespace zonerank::rasters
