// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_outline.hpp"

#include "layers/vectors/geos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace zonerank::engine {

using rasters::Box;
using rasters::Path;
using rasters::Point;
using rasters::Polygon;
using rasters::Shape;

namespace {

// A ring's longitudes without jumps: each is taken within half a turn of the one
// before it. A ring around a pole ends a turn away from its start, and goes back
// along the pole.
void unroll(Path& ring, double start) {
    double before = start;
    for (Point& p : ring) {
        p.x = before + std::remainder(p.x - before, 360);
        before = p.x;
    }
    if (ring.size() > 1 && std::abs(ring.back().x - ring.front().x) > 180) {
        const double pole = ring.front().y < 0 ? -90 : 90;
        ring.push_back({ring.back().x, pole});
        ring.push_back({ring.front().x, pole});
        ring.push_back(ring.front());
    }
}

double crossing(Point a, Point b, double x) {
    return a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x));
}

// The part of a ring on one side of a meridian (Sutherland and Hodgman 1974).
// Parts that it joins along the meridian are taken apart by mend().
Path beside(const Path& ring, double meridian, bool east) {
    const auto inside = [&](Point p) { return east ? p.x >= meridian : p.x <= meridian; };
    Path result;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a = ring[i], b = ring[i + 1];
        if (inside(a))
            result.push_back(a);
        if (inside(a) != inside(b) && a.x != meridian && b.x != meridian)
            result.push_back({meridian, crossing(a, b, meridian)});
    }
    if (!result.empty())
        result.push_back(result.front());
    return result;
}

Shape between(const Shape& shape, double west, double east) {
    Shape part;
    for (const Polygon& polygon : shape.polygons) {
        Polygon cut;
        for (const Path& ring : polygon.rings)
            if (Path piece = beside(beside(ring, west, true), east, false); piece.size() > 3)
                cut.rings.push_back(std::move(piece));
        if (!cut.rings.empty())
            part.polygons.push_back(std::move(cut));
    }
    layers::mend(part);
    return part;
}

void shift(Shape& shape, double by) {
    for (Polygon& polygon : shape.polygons)
        for (Path& ring : polygon.rings)
            for (Point& p : ring)
                p.x += by;
}

Shape cut_at_antimeridian(Shape shape) {
    const Box box = bounds(shape);
    if (box.empty() || (box.xmin >= -180 && box.xmax <= 180))
        return shape;
    Shape result;
    for (double turn = -720; turn <= 720; turn += 360) {
        if (turn + 180 <= box.xmin || turn - 180 >= box.xmax)
            continue;
        Shape part = between(shape, turn - 180, turn + 180);
        shift(part, -turn);
        std::move(part.polygons.begin(), part.polygons.end(), std::back_inserter(result.polygons));
    }
    return result;
}

double signed_area(const Path& ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return twice / 2;
}

double seven_decimals(double degrees) {
    return std::round(degrees * 1e7) / 1e7 + 0.0; // no -0
}

// Empty when the ring collapses.
Path filed(const Path& ring, bool outer) {
    Path result;
    for (const Point p : ring) {
        const Point rounded{seven_decimals(p.x), seven_decimals(p.y)};
        if (result.empty() || rounded != result.back())
            result.push_back(rounded);
    }
    // Half a square of 1e-7 degrees is the least area that a ring can have.
    const double area = signed_area(result);
    if (result.size() < 4 || std::abs(area) < 0.25e-14)
        return {};
    if ((area > 0) != outer)
        std::reverse(result.begin(), result.end());
    return result;
}

Outline filed(const Shape& shape) {
    Outline outline;
    for (const Polygon& polygon : shape.polygons) {
        Polygon result;
        for (std::size_t i = 0; i < polygon.rings.size(); ++i)
            if (Path ring = filed(polygon.rings[i], i == 0); !ring.empty())
                result.rings.push_back(std::move(ring));
            else if (i == 0)
                break;
        if (!result.rings.empty())
            outline.push_back(std::move(result));
    }
    return outline;
}

} // namespace

static constexpr double metres_per_degree = 111'320; // of latitude, at most

Outliner::Outliner(const rasters::Grid& grid)
    : m_to_lonlat(rasters::parse_crs(grid.crs), rasters::wgs84()),
      m_tolerance(std::max(0.01, grid.cell / 1000) / metres_per_degree) {}

Outline Outliner::operator()(const Shape& shape) const {
    Shape ground;
    ground.polygons = shape.polygons;
    ground = reproject(ground, m_to_lonlat, m_tolerance);
    if (ground.polygons.empty())
        return {};
    const double start = ground.polygons[0].rings[0][0].x;
    for (Polygon& polygon : ground.polygons)
        for (Path& ring : polygon.rings)
            unroll(ring, start);
    return filed(cut_at_antimeridian(std::move(ground)));
}

namespace {

struct Span {
    double west, east;
};

// The gap between spans that is widest, as the span around the globe that is left.
Span without_widest_gap(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.west < b.west; });
    double reach = spans.front().east, widest = -1;
    Span result{};
    for (std::size_t i = 1; i <= spans.size(); ++i) {
        const double next = i < spans.size() ? spans[i].west : spans.front().west + 360;
        if (next - reach > widest) {
            widest = next - reach;
            result = {i < spans.size() ? next : spans.front().west, reach};
        }
        if (i < spans.size())
            reach = std::max(reach, spans[i].east);
    }
    return result;
}

} // namespace

std::array<double, 4> bounding_box(std::span<const Outline> outlines) {
    std::vector<Span> spans;
    Box all;
    for (const Outline& outline : outlines)
        for (const Polygon& polygon : outline) {
            const Box box = bounds(polygon);
            spans.push_back({box.xmin, box.xmax});
            all.add(box);
        }
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (spans.empty())
        return {nan, nan, nan, nan};
    const Span longitudes = without_widest_gap(std::move(spans));
    return {longitudes.west, all.ymin, longitudes.east, all.ymax};
}

namespace {

void append(std::string& json, const rasters::Path& ring) {
    json += '[';
    for (std::size_t i = 0; i < ring.size(); ++i)
        fmt::format_to(std::back_inserter(json), "{}[{},{}]", i ? "," : "", ring[i].x, ring[i].y);
    json += ']';
}

void append(std::string& json, const rasters::Polygon& polygon) {
    json += '[';
    for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
        json += i ? "," : "";
        append(json, polygon.rings[i]);
    }
    json += ']';
}

} // namespace

std::string geometry_json(const Outline& outline) {
    if (outline.empty())
        return "null";
    const bool one = outline.size() == 1;
    std::string json = one ? R"({"type":"Polygon","coordinates":)" : R"({"type":"MultiPolygon","coordinates":[)";
    for (std::size_t i = 0; i < outline.size(); ++i) {
        json += i ? "," : "";
        append(json, outline[i]);
    }
    return json += one ? "}" : "]}";
}

} // namespace zonerank::engine
