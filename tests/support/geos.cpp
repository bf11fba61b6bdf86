// SPDX-License-Identifier: Apache-2.0
#include "tests/support/geos.hpp"

#include <geos_c.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace zonerank::tests {

using namespace rasters;

// One context for all tests, never torn down before the last geometry.
static GEOSContextHandle_t context() {
    static const GEOSContextHandle_t handle = GEOS_init_r();
    return handle;
}

static GEOSCoordSequence* sequence(std::span<const Point> points) {
    GEOSCoordSequence* result = GEOSCoordSeq_create_r(context(), static_cast<unsigned>(points.size()), 2);
    for (unsigned i = 0; i < points.size(); ++i)
        GEOSCoordSeq_setXY_r(context(), result, i, points[i].x, points[i].y);
    return result;
}

static GEOSGeometry* made(const Polygon& polygon) {
    std::vector<GEOSGeometry*> rings;
    for (const Path& ring : polygon.rings)
        rings.push_back(GEOSGeom_createLinearRing_r(context(), sequence(ring)));
    return GEOSGeom_createPolygon_r(context(), rings.front(), rings.data() + 1,
                                    static_cast<unsigned>(rings.size() - 1));
}

static void add_parts(const Shape& shape, std::vector<GEOSGeometry*>& parts) {
    for (const Point p : shape.points)
        parts.push_back(GEOSGeom_createPoint_r(context(), sequence({&p, 1})));
    for (const Path& line : shape.lines)
        parts.push_back(GEOSGeom_createLineString_r(context(), sequence(line)));
    for (const Polygon& polygon : shape.polygons)
        parts.push_back(made(polygon));
}

static GEOSGeometry* made(std::span<const Shape> shapes) {
    std::vector<GEOSGeometry*> parts;
    bool polygons = true;
    for (const Shape& shape : shapes) {
        add_parts(shape, parts);
        polygons = polygons && shape.points.empty() && shape.lines.empty();
    }
    return GEOSGeom_createCollection_r(context(), polygons ? GEOS_MULTIPOLYGON : GEOS_GEOMETRYCOLLECTION, parts.data(),
                                       static_cast<unsigned>(parts.size()));
}

struct Geos::Geometry {
    GEOSGeometry* geometry;
    const GEOSPreparedGeometry* prepared;

    explicit Geometry(GEOSGeometry* g) : geometry(g), prepared(GEOSPrepare_r(context(), g)) {
        if (!geometry || !prepared)
            throw std::logic_error("GEOS can't make a geometry of this shape");
    }
    Geometry(const Geometry&) = delete;
    Geometry& operator=(const Geometry&) = delete;
    ~Geometry() {
        GEOSPreparedGeom_destroy_r(context(), prepared);
        GEOSGeom_destroy_r(context(), geometry);
    }
};

Geos::Geos(const Shape& shape) : Geos(std::span(&shape, 1)) {}

Geos::Geos(std::span<const Shape> shapes) : m_geometry(std::make_shared<const Geometry>(made(shapes))) {}

bool Geos::valid() const {
    return GEOSisValid_r(context(), m_geometry->geometry) == 1;
}

double Geos::area() const {
    double result = 0;
    GEOSArea_r(context(), m_geometry->geometry, &result);
    return result;
}

double Geos::distance(Point p) const {
    return distance(Shape{{p}, {}, {}});
}

double Geos::distance(const Shape& other) const {
    const Geos from(other);
    double result = 0;
    GEOSPreparedDistance_r(context(), m_geometry->prepared, from.m_geometry->geometry, &result);
    return result;
}

double Geos::common_area(const Box& box) const {
    const Geos cell(square(box));
    GEOSGeometry* common = GEOSIntersection_r(context(), m_geometry->geometry, cell.m_geometry->geometry);
    double result = 0;
    GEOSArea_r(context(), common, &result);
    GEOSGeom_destroy_r(context(), common);
    return result;
}

double Geos::length_within(Point centre, double radius) const {
    GEOSGeometry* point = GEOSGeom_createPoint_r(context(), sequence({&centre, 1}));
    GEOSGeometry* disc = GEOSBuffer_r(context(), point, radius, 1024);
    GEOSGeometry* common = GEOSIntersection_r(context(), m_geometry->geometry, disc);
    double result = 0;
    GEOSLength_r(context(), common, &result);
    for (GEOSGeometry* g : {point, disc, common})
        GEOSGeom_destroy_r(context(), g);
    return result;
}

Shape square(const Box& b) {
    return {{}, {}, {{{{{b.xmin, b.ymin}, {b.xmax, b.ymin}, {b.xmax, b.ymax}, {b.xmin, b.ymax}, {b.xmin, b.ymin}}}}}};
}

} // namespace zonerank::tests
