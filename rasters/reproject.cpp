// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"

#include <geodesic.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>

namespace zonerank::rasters {

namespace {

// Deep enough for a 20,000 km edge at a millimetre; what does not converge by
// then crosses a cut of the projection.
constexpr int deepest = 26;

double distance(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
    return distance(p, {a.x + t * dx, a.y + t * dy});
}

Point between(Point a, Point b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

bool is_nan(Point p) {
    return std::isnan(p.x) || std::isnan(p.y);
}

// Where an edge's image is compared with its chord: not symmetric about the
// middle, or an S-shaped image could hide.
constexpr std::array<double, 3> probes{0.5, 0.23, 0.79};

class Reprojector {
public:
    // A chord that is off by half the tolerance at the probes is taken to be
    // within all of it between them.
    Reprojector(const Transform& transform, double tolerance) : m_transform(transform), m_tolerance(tolerance / 2) {}

    Path path(const Path& source) const {
        if (source.empty())
            return {};
        const Path image = transformed(source);
        Path between_vertices;
        for (std::size_t i = 1; i < source.size(); ++i)
            for (const double t : probes)
                between_vertices.push_back(between(source[i - 1], source[i], t));
        const Path probed = transformed(between_vertices);
        Path result{image[0]};
        for (std::size_t i = 1; i < source.size(); ++i) {
            if (!straight(std::span(probed).subspan(probes.size() * (i - 1), probes.size()), image[i - 1], image[i]))
                split({source[i - 1], image[i - 1]}, {source[i], image[i]}, result, 0);
            result.push_back(image[i]);
        }
        return result;
    }

    Path transformed(const Path& source) const {
        Path image = source;
        m_transform.apply(image);
        for (std::size_t i = 0; i < source.size(); ++i)
            if (is_nan(image[i]))
                throw Error("the point {:.7g} {:.7g} has no place in {}", source[i].x, source[i].y,
                            m_transform.to().label());
        return image;
    }

private:
    struct Vertex {
        Point source, image;
    };

    bool straight(std::span<const Point> probed, Point a, Point b) const {
        return std::all_of(probed.begin(), probed.end(),
                           [&](Point p) { return distance_to_segment(p, a, b) <= m_tolerance; });
    }

    // Appends the points that are needed strictly between a and b.
    void split(const Vertex& a, const Vertex& b, Path& result, int depth) const {
        Path source;
        for (const double t : probes)
            source.push_back(between(a.source, b.source, t));
        const Path probed = transformed(source);
        if (depth >= deepest || straight(probed, a.image, b.image))
            return;
        const Vertex middle{source[0], probed[0]};
        split(a, middle, result, depth + 1);
        result.push_back(middle.image);
        split(middle, b, result, depth + 1);
    }

    const Transform& m_transform;
    double m_tolerance;
};

} // namespace

bool has_place(const Shape& shape, const Transform& transform) {
    const auto placed = [&](Point p) { return !is_nan(transform(p)); };
    const auto any = [&](const Path& path) { return std::ranges::any_of(path, placed); };
    return any(shape.points) || std::ranges::any_of(shape.lines, any) ||
           std::ranges::any_of(shape.polygons, [&](const Polygon& p) { return std::ranges::any_of(p.rings, any); });
}

Shape reproject(const Shape& shape, const Transform& transform, double tolerance) {
    if (transform.identity() || shape.empty())
        return shape;
    const Reprojector reprojector(transform, tolerance);
    Shape result;
    result.points = reprojector.transformed(shape.points);
    for (const Path& line : shape.lines)
        result.lines.push_back(reprojector.path(line));
    for (const Polygon& polygon : shape.polygons) {
        Polygon& image = result.polygons.emplace_back();
        for (const Path& ring : polygon.rings)
            image.rings.push_back(reprojector.path(ring));
    }
    return result;
}

namespace {

constexpr int outline_steps = 256, inner_steps = 16;

Path outline(const Box& box) {
    Path path;
    for (int i = 0; i < outline_steps; ++i)
        path.push_back({box.xmin + box.width() * i / outline_steps, box.ymin});
    for (int i = 0; i < outline_steps; ++i)
        path.push_back({box.xmax, box.ymin + box.height() * i / outline_steps});
    for (int i = outline_steps; i > 0; --i)
        path.push_back({box.xmin + box.width() * i / outline_steps, box.ymax});
    for (int i = outline_steps; i >= 0; --i)
        path.push_back({box.xmin, box.ymin + box.height() * i / outline_steps});
    return path;
}

// A box that holds a few points near 180 and a few near -180 is a narrow one
// across the antimeridian, not one around the world.
void unroll(std::span<Point> lonlat) {
    std::vector<double> longitudes;
    for (const Point p : lonlat)
        if (!is_nan(p))
            longitudes.push_back(p.x);
    std::sort(longitudes.begin(), longitudes.end());
    double widest = 0, after = -180;
    for (std::size_t i = 1; i < longitudes.size(); ++i)
        if (longitudes[i] - longitudes[i - 1] > widest) {
            widest = longitudes[i] - longitudes[i - 1];
            after = longitudes[i];
        }
    if (widest > 180)
        for (Point& p : lonlat)
            p.x += p.x < after ? 360 : 0;
}

} // namespace

Box reproject(const Box& box, const Transform& transform) {
    if (transform.identity() || box.empty())
        return box;
    Path points = outline(box);
    for (int i = 1; i < inner_steps; ++i)
        for (int j = 1; j < inner_steps; ++j)
            points.push_back({box.xmin + box.width() * i / inner_steps, box.ymin + box.height() * j / inner_steps});
    transform.apply(points);
    if (transform.to().geographic)
        unroll(points);
    Box image;
    for (const Point p : points)
        if (!is_nan(p))
            image.add(p);
    if (image.empty())
        throw Error("nothing of the area has a place in {}", transform.to().label());
    return image;
}

namespace {

// Karney's polygon is made of geodesics: edges are split until a geodesic stays
// within this many metres of the edge that is straight in the CRS.
constexpr double geodesic_tolerance = 0.01;

class GeodesicRing {
public:
    explicit GeodesicRing(const Transform& to_lonlat) : m_to_lonlat(to_lonlat) {
        geod_init(&m_ellipsoid, 6378137, 1 / 298.257223563);
        geod_polygon_init(&m_polygon, 0);
    }

    double area(const Path& ring) {
        Path image = ring;
        m_to_lonlat.apply(image);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            edge({ring[i], image[i]}, {ring[i + 1], image[i + 1]}, 0);
        double result = 0;
        geod_polygon_compute(&m_ellipsoid, &m_polygon, 0, 1, &result, nullptr);
        if (!std::isfinite(result))
            throw Error("an area has corners without a place on the globe");
        return std::abs(result);
    }

private:
    struct Vertex {
        Point source, lonlat;
    };

    // Even along a parallel at 80 degrees an edge of 300 m is within a centimetre.
    static bool is_short(Point a, Point b) {
        constexpr double metres_per_degree = 111'700;
        const double x = std::remainder(b.x - a.x, 360.0) * std::cos(a.y * std::numbers::pi / 180), y = b.y - a.y;
        return std::abs(a.y) < 80 && std::hypot(x, y) * metres_per_degree < 300;
    }

    // Adds the vertices from a up to, not including, b.
    void edge(const Vertex& a, const Vertex& b, int depth) {
        if (is_short(a.lonlat, b.lonlat))
            return geod_polygon_addpoint(&m_ellipsoid, &m_polygon, a.lonlat.y, a.lonlat.x);
        const Point middle = between(a.source, b.source, 0.5);
        const Point image = m_to_lonlat(middle);
        if (depth < deepest && off_geodesic(image, a.lonlat, b.lonlat) > geodesic_tolerance) {
            edge(a, {middle, image}, depth + 1);
            edge({middle, image}, b, depth + 1);
        } else
            geod_polygon_addpoint(&m_ellipsoid, &m_polygon, a.lonlat.y, a.lonlat.x);
    }

    // Metres from the geodesic's own middle: at least the distance between the
    // two curves there.
    double off_geodesic(Point p, Point a, Point b) const {
        geod_geodesicline line{};
        geod_inverseline(&line, &m_ellipsoid, a.y, a.x, b.y, b.x, 0);
        double lat = 0, lon = 0, metres = 0;
        geod_position(&line, line.s13 / 2, &lat, &lon, nullptr);
        geod_inverse(&m_ellipsoid, lat, lon, p.y, p.x, &metres, nullptr, nullptr);
        return metres;
    }

    const Transform& m_to_lonlat;
    geod_geodesic m_ellipsoid{};
    geod_polygon m_polygon{};
};

} // namespace

double ellipsoidal_area(const Shape& shape, const Crs& crs) {
    const Transform to_lonlat(crs, wgs84());
    double total = 0;
    for (const Polygon& polygon : shape.polygons)
        for (std::size_t i = 0; i < polygon.rings.size(); ++i)
            total += (i == 0 ? 1 : -1) * GeodesicRing(to_lonlat).area(polygon.rings[i]);
    return std::max(total, 0.0);
}

std::vector<double> ellipsoidal_lengths(const Path& path, const Crs& crs) {
    Path lonlat = path;
    Transform(crs, wgs84()).apply(lonlat);
    geod_geodesic ellipsoid{};
    geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
    std::vector<double> metres;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        double length = 0;
        geod_inverse(&ellipsoid, lonlat[i].y, lonlat[i].x, lonlat[i + 1].y, lonlat[i + 1].x, &length, nullptr, nullptr);
        metres.push_back(length);
    }
    return metres;
}

} // namespace zonerank::rasters
