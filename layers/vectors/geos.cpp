// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/geos.hpp"

#include "layers/vectors/touching.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"

#include <geos_c.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>

namespace zonerank::layers {

using rasters::Path;
using rasters::Point;
using rasters::Polygon;
using rasters::Shape;

namespace {

// One GEOS context per thread; it keeps the reason of the last failure.
class Context {
public:
    Context() : m_handle(GEOS_init_r()) { GEOSContext_setErrorMessageHandler_r(m_handle, keep, this); }
    ~Context() { GEOS_finish_r(m_handle); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    GEOSContextHandle_t handle() const { return m_handle; }
    const std::string& reason() const { return m_reason; }

private:
    static void keep(const char* message, void* self) { static_cast<Context*>(self)->m_reason = message; }

    GEOSContextHandle_t m_handle;
    std::string m_reason;
};

const Context& context() {
    thread_local const Context instance;
    return instance;
}

GEOSContextHandle_t handle() {
    return context().handle();
}

struct Destroy {
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(handle(), g); }
    void operator()(GEOSMakeValidParams* p) const { GEOSMakeValidParams_destroy_r(handle(), p); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

Geometry checked(GEOSGeometry* geometry) {
    if (geometry == nullptr)
        throw Error("geometry: {}", context().reason());
    return Geometry(geometry);
}

GEOSCoordSequence* sequence(const Path& path) {
    static_assert(sizeof(Point) == 2 * sizeof(double));
    GEOSCoordSequence* coords = GEOSCoordSeq_copyFromBuffer_r(handle(), path.empty() ? nullptr : &path.front().x,
                                                              static_cast<unsigned>(path.size()), 0, 0);
    if (coords == nullptr)
        throw Error("geometry: {}", context().reason());
    return coords;
}

// GEOS takes no ring of one to three points: repeating the first keeps what there is.
Geometry ring(Path path) {
    if (!path.empty() && path.front() != path.back())
        path.push_back(path.front());
    while (!path.empty() && path.size() < 4)
        path.push_back(path.front());
    return checked(GEOSGeom_createLinearRing_r(handle(), sequence(path)));
}

Geometry line(Path path) {
    if (path.size() == 1)
        path.push_back(path.front());
    return checked(GEOSGeom_createLineString_r(handle(), sequence(path)));
}

std::vector<GEOSGeometry*> released(std::vector<Geometry>& parts) {
    std::vector<GEOSGeometry*> raw;
    for (Geometry& part : parts)
        raw.push_back(part.release());
    return raw;
}

Geometry polygon(const Polygon& source) {
    if (source.rings.empty())
        return checked(GEOSGeom_createEmptyPolygon_r(handle()));
    std::vector<Geometry> rings;
    for (const Path& path : source.rings)
        rings.push_back(ring(path));
    std::vector<GEOSGeometry*> raw = released(rings);
    return checked(
        GEOSGeom_createPolygon_r(handle(), raw.front(), raw.data() + 1, static_cast<unsigned>(raw.size() - 1)));
}

Geometry collection(int type, std::vector<Geometry> parts) {
    std::vector<GEOSGeometry*> raw = released(parts);
    return checked(GEOSGeom_createCollection_r(handle(), type, raw.data(), static_cast<unsigned>(raw.size())));
}

void add_polygons(std::vector<Geometry>& parts, const Shape& shape) {
    for (const Polygon& part : shape.polygons)
        parts.push_back(polygon(part));
}

Geometry multipolygon(const Shape& shape) {
    std::vector<Geometry> parts;
    add_polygons(parts, shape);
    return collection(GEOS_MULTIPOLYGON, std::move(parts));
}

Geometry everything(const Shape& shape) {
    std::vector<Geometry> parts;
    for (const Point p : shape.points)
        parts.push_back(checked(GEOSGeom_createPointFromXY_r(handle(), p.x, p.y)));
    for (const Path& path : shape.lines)
        parts.push_back(line(path));
    add_polygons(parts, shape);
    return collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
}

Path path_of(const GEOSGeometry* geometry) {
    const GEOSCoordSequence* coords = GEOSGeom_getCoordSeq_r(handle(), geometry);
    unsigned size = 0;
    if (coords == nullptr || GEOSCoordSeq_getSize_r(handle(), coords, &size) == 0)
        throw Error("geometry: {}", context().reason());
    Path path(size);
    if (size > 0)
        GEOSCoordSeq_copyToBuffer_r(handle(), coords, &path.front().x, 0, 0);
    return path;
}

Polygon polygon_of(const GEOSGeometry* geometry) {
    Polygon result;
    result.rings.push_back(path_of(GEOSGetExteriorRing_r(handle(), geometry)));
    for (int i = 0; i < GEOSGetNumInteriorRings_r(handle(), geometry); ++i)
        result.rings.push_back(path_of(GEOSGetInteriorRingN_r(handle(), geometry, i)));
    return result;
}

// Spreads a GEOS geometry into the shape; empty parts vanish.
void add(Shape& shape, const GEOSGeometry* geometry) {
    if (GEOSisEmpty_r(handle(), geometry) != 0)
        return;
    switch (GEOSGeomTypeId_r(handle(), geometry)) {
    case GEOS_POINT:
        shape.points.push_back(path_of(geometry).front());
        return;
    case GEOS_LINESTRING:
    case GEOS_LINEARRING:
        shape.lines.push_back(path_of(geometry));
        return;
    case GEOS_POLYGON:
        shape.polygons.push_back(polygon_of(geometry));
        return;
    default:
        for (int i = 0; i < GEOSGetNumGeometries_r(handle(), geometry); ++i)
            add(shape, GEOSGetGeometryN_r(handle(), geometry, i));
    }
}

bool valid(const GEOSGeometry* geometry) {
    const char answer = GEOSisValid_r(handle(), geometry);
    if (answer == 2)
        throw Error("geometry: {}", context().reason());
    return answer == 1;
}

Geometry made_valid(const GEOSGeometry* geometry) {
    const std::unique_ptr<GEOSMakeValidParams, Destroy> params(GEOSMakeValidParams_create_r(handle()));
    GEOSMakeValidParams_setMethod_r(handle(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle(), params.get(), 1);
    return checked(GEOSMakeValidWithParams_r(handle(), geometry, params.get()));
}

} // namespace

bool mend(Shape& shape) {
    if (shape.polygons.empty())
        return false;
    const Geometry polygons = multipolygon(shape);
    if (valid(polygons.get()))
        return false;
    shape.polygons.clear();
    add(shape, made_valid(polygons.get()).get());
    return true;
}

Shape buffered(const Shape& shape, double by) {
    if (by == 0)
        return shape;
    constexpr int segments = 16;
    Shape result;
    add(result, checked(GEOSBuffer_r(handle(), everything(shape).get(), by, segments)).get());
    return result;
}

namespace {

bool is_closed(const Polygon& polygon) {
    return !polygon.rings.empty() && std::ranges::all_of(polygon.rings, [](const Path& ring) {
        return ring.size() >= 4 && ring.front() == ring.back();
    });
}

/// Of one polygon nothing is made but a copy.
Shape union_of(const std::vector<const Polygon*>& polygons, const std::vector<std::size_t>& group) {
    Shape result;
    if (group.size() == 1 && is_closed(*polygons[group.front()])) {
        result.polygons.push_back(*polygons[group.front()]);
        return result;
    }
    std::vector<Geometry> parts;
    for (const std::size_t i : group)
        parts.push_back(polygon(*polygons[i]));
    const Geometry all = collection(GEOS_MULTIPOLYGON, std::move(parts));
    add(result, checked(GEOSUnaryUnion_r(handle(), all.get())).get());
    return result;
}

} // namespace

// The union of a country's built-up areas is that of some thousand small groups, which costs a tenth.
Shape united(const std::vector<Shape>& shapes) {
    std::vector<const Polygon*> polygons;
    for (const Shape& shape : shapes)
        for (const Polygon& part : shape.polygons)
            polygons.push_back(&part);
    std::vector<rasters::Box> boxes;
    for (const Polygon* polygon : polygons)
        boxes.push_back(rasters::bounds(*polygon));
    const std::vector<std::vector<std::size_t>> groups = touching(boxes);
    std::vector<Shape> parts(groups.size());
    rasters::in_parallel(groups.size(), [&](std::size_t i) { parts[i] = union_of(polygons, groups[i]); });
    Shape result;
    for (Shape& part : parts)
        std::ranges::move(part.polygons, std::back_inserter(result.polygons));
    return result;
}

struct CommonGround::Prepared {
    explicit Prepared(const Shape& shape)
        : ground(multipolygon(shape)), prepared(GEOSPrepare_r(handle(), ground.get())) {
        if (prepared == nullptr)
            throw Error("geometry: {}", context().reason());
    }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared() { GEOSPreparedGeom_destroy_r(handle(), prepared); }

    Geometry ground;
    const GEOSPreparedGeometry* prepared;
};

CommonGround::CommonGround(const Shape& ground) : m_prepared(std::make_unique<const Prepared>(ground)) {}
CommonGround::CommonGround(CommonGround&&) noexcept = default;
CommonGround::~CommonGround() = default;

double CommonGround::area_with(const Shape& other) const {
    const Geometry polygons = multipolygon(other);
    if (GEOSPreparedIntersects_r(handle(), m_prepared->prepared, polygons.get()) == 0)
        return 0;
    if (GEOSPreparedContains_r(handle(), m_prepared->prepared, polygons.get()) == 1)
        return rasters::area(other);
    Shape common;
    add(common, checked(GEOSIntersection_r(handle(), m_prepared->ground.get(), polygons.get())).get());
    return rasters::area(common);
}

} // namespace zonerank::layers
