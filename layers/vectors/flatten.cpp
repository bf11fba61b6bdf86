// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/flatten.hpp"

#include <ogr_geometry.h>

#include <cmath>
#include <memory>

namespace zonerank::layers {

using rasters::Path;
using rasters::Point;
using rasters::Polygon;
using rasters::Shape;

namespace {

Path path_of(const OGRSimpleCurve& curve) {
    Path path(static_cast<std::size_t>(curve.getNumPoints()));
    for (std::size_t i = 0; i < path.size(); ++i)
        path[i] = {curve.getX(static_cast<int>(i)), curve.getY(static_cast<int>(i))};
    return path;
}

Path closed(Path path) {
    if (!path.empty() && path.front() != path.back())
        path.push_back(path.front());
    return path;
}

Polygon polygon_of(const OGRPolygon& polygon) {
    Polygon result;
    for (const OGRLinearRing* ring : polygon)
        if (!ring->IsEmpty())
            result.rings.push_back(closed(path_of(*ring)));
    return result;
}

// A ring that holes were given for but which is not there itself holds nothing.
void add_polygon(Shape& shape, const OGRPolygon& polygon) {
    if (polygon.getExteriorRing() != nullptr && !polygon.getExteriorRing()->IsEmpty())
        shape.polygons.push_back(polygon_of(polygon));
}

void add_linear(Shape& shape, const OGRGeometry& geometry) {
    if (geometry.IsEmpty())
        return;
    switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint:
        shape.points.push_back({geometry.toPoint()->getX(), geometry.toPoint()->getY()});
        return;
    case wkbLineString:
        shape.lines.push_back(path_of(*geometry.toLineString()));
        return;
    case wkbPolygon:
    case wkbTriangle:
        add_polygon(shape, *geometry.toPolygon());
        return;
    case wkbPolyhedralSurface:
    case wkbTIN:
        for (const OGRPolygon* part : *geometry.toPolyhedralSurface())
            add_polygon(shape, *part);
        return;
    default:
        for (const OGRGeometry* part : *geometry.toGeometryCollection())
            add_linear(shape, *part);
    }
}

bool all_finite(const Path& path) {
    for (const Point p : path)
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            return false;
    return true;
}

bool all_finite(const Shape& shape) {
    bool finite = all_finite(shape.points);
    for (const Path& line : shape.lines)
        finite = finite && all_finite(line);
    for (const Polygon& polygon : shape.polygons)
        for (const Path& ring : polygon.rings)
            finite = finite && all_finite(ring);
    return finite;
}

} // namespace

Flattened flattened(const OGRGeometry& geometry) {
    constexpr double step_degrees = 0.5;
    Flattened result;
    result.changed = geometry.hasCurveGeometry(TRUE) != 0 || geometry.Is3D() != 0 || geometry.IsMeasured() != 0;
    if (geometry.hasCurveGeometry(FALSE) == 0)
        add_linear(result.shape, geometry);
    else if (const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry(step_degrees)); linear != nullptr)
        add_linear(result.shape, *linear);
    result.finite = all_finite(result.shape);
    return result;
}

} // namespace zonerank::layers
