// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plain_outline.hpp"

#include "rasters/routes/route_line.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::engine {

using rasters::Box;
using rasters::Path;
using rasters::Point;
using rasters::Polygon;
using rasters::Shape;

namespace {

/// A ring's ends are one point: the corner that is farthest from it holds the ring open.
Path plain(const Path& ring, double tolerance) {
    if (ring.size() <= 4)
        return ring;
    const Point first = ring.front();
    const auto across =
        std::ranges::max_element(ring, {}, [&](Point p) { return std::hypot(p.x - first.x, p.y - first.y); });
    Path result = rasters::simplified(Path(ring.begin(), across + 1), tolerance);
    const Path back = rasters::simplified(Path(across, ring.end()), tolerance);
    result.insert(result.end(), back.begin() + 1, back.end());
    return result.size() >= 4 ? result : Path{};
}

/// Of a ring that the tolerance swallows: three of its corners.
Path triangle(const Path& ring) {
    const std::size_t third = (ring.size() - 1) / 3;
    return {ring[0], ring[third], ring[2 * third], ring[0]};
}

std::vector<Path> plain_rings(const Shape& shape, double tolerance) {
    std::vector<Path> rings;
    for (const Polygon& polygon : shape.polygons)
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            if (polygon.rings[i].size() < 4)
                continue;
            Path ring = plain(polygon.rings[i], tolerance);
            if (!ring.empty())
                rings.push_back(std::move(ring));
            else if (i == 0)
                rings.push_back(triangle(polygon.rings[i]));
        }
    return rings;
}

std::size_t corners(const std::vector<Path>& rings) {
    std::size_t count = 0;
    for (const Path& ring : rings)
        count += ring.size();
    return count;
}

std::vector<double> crossings(const Polygon& polygon, double y) {
    std::vector<double> xs;
    for (const Path& ring : polygon.rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point a = ring[i], b = ring[i + 1];
            if ((a.y <= y) != (b.y <= y))
                xs.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
        }
    std::ranges::sort(xs);
    return xs;
}

} // namespace

std::vector<Path> plain_outline(const Shape& shape, double tolerance, std::size_t most) {
    const Box box = rasters::bounds(shape);
    std::vector<Path> rings = plain_rings(shape, tolerance);
    const double widest = box.empty() ? 0 : std::hypot(box.width(), box.height());
    for (double wider = std::max(2 * tolerance, widest / 1e6); corners(rings) > most && wider < 4 * widest; wider *= 2)
        rings = plain_rings(shape, wider);
    return rings;
}

Point label_point(const Shape& shape) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const auto smaller = [](const Polygon& a, const Polygon& b) { return rasters::area(a) < rasters::area(b); };
    const auto largest = std::ranges::max_element(shape.polygons, smaller);
    if (largest == shape.polygons.end())
        return {nan, nan};
    Point point = rasters::bounds(*largest).centre();
    const std::vector<double> xs = crossings(*largest, point.y);
    double longest = 0;
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2)
        if (xs[i + 1] - xs[i] > longest) {
            longest = xs[i + 1] - xs[i];
            point.x = xs[i] + longest / 2;
        }
    return point;
}

} // namespace zonerank::engine
