// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/flatten.hpp"

#include <doctest/doctest.h>
#include <ogr_geometry.h>

#include <limits>
#include <memory>
#include <string>

using namespace zonerank;
using layers::flattened;
using layers::Flattened;
using rasters::Path;
using rasters::Point;

static Flattened from(const std::string& wkt) {
    OGRGeometry* geometry = nullptr;
    REQUIRE(OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &geometry) == OGRERR_NONE);
    const std::unique_ptr<OGRGeometry> owner(geometry);
    return flattened(*geometry);
}

TEST_CASE("plain geometries are left as they are") {
    CHECK(from("POINT (1 2)").shape.points == std::vector<Point>{{1, 2}});
    CHECK(from("MULTIPOINT ((1 2), (3 4))").shape.points == std::vector<Point>{{1, 2}, {3, 4}});
    CHECK(from("LINESTRING (0 0, 1 1)").shape.lines == std::vector<Path>{{{0, 0}, {1, 1}}});
    const Flattened polygon = from("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1))");
    REQUIRE(polygon.shape.polygons.size() == 1);
    CHECK(polygon.shape.polygons[0].rings.size() == 2);
    CHECK_FALSE(polygon.changed);
    CHECK(polygon.finite);
}

TEST_CASE("heights, measures and curves are told") {
    for (const char* wkt :
         {"POINT Z (1 2 3)", "LINESTRING M (0 0 1, 1 1 2)", "POLYGON ZM ((0 0 1 1, 1 0 1 1, 1 1 1 1, 0 0 1 1))",
          "CIRCULARSTRING (0 0, 1 1, 2 0)", "GEOMETRYCOLLECTION (CIRCULARSTRING (0 0, 1 1, 2 0))",
          "MULTISURFACE (CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0)))"}) {
        CAPTURE(std::string(wkt));
        CHECK(from(wkt).changed);
        CHECK_FALSE(from(wkt).shape.empty());
    }
    const Flattened straight = from("COMPOUNDCURVE ((0 0, 1 1), (1 1, 2 2))");
    CHECK(straight.shape.lines.size() == 1);
    CHECK_FALSE(straight.changed);
}

TEST_CASE("surfaces of triangles and nested collections are spread") {
    CHECK(from("TIN Z (((0 0 0, 1 0 0, 0 1 0, 0 0 0)), ((1 0 0, 1 1 0, 0 1 0, 1 0 0)))").shape.polygons.size() == 2);
    CHECK(from("POLYHEDRALSURFACE Z (((0 0 0, 1 0 0, 0 1 0, 0 0 0)))").shape.polygons.size() == 1);
    CHECK(from("TRIANGLE ((0 0, 1 0, 0 1, 0 0))").shape.polygons.size() == 1);
    const Flattened nested =
        from("GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 1), MULTIPOINT ((2 2), (3 3))), LINESTRING (0 0, 1 1))");
    CHECK(nested.shape.points.size() == 3);
    CHECK(nested.shape.lines.size() == 1);
}

TEST_CASE("empty parts vanish") {
    for (const char* wkt : {"POINT EMPTY", "POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "MULTIPOLYGON EMPTY",
                            "GEOMETRYCOLLECTION (POINT EMPTY, MULTILINESTRING (EMPTY))"}) {
        CAPTURE(std::string(wkt));
        CHECK(from(wkt).shape.empty());
        CHECK_FALSE(from(wkt).changed);
    }
}

TEST_CASE("rings are closed; coordinates that are no numbers are told") {
    OGRPolygon open;
    OGRLinearRing ring;
    for (const Point p : {Point{0, 0}, {4, 0}, {4, 4}})
        ring.addPoint(p.x, p.y);
    open.addRing(&ring);
    const Flattened closed = flattened(open);
    CHECK(closed.shape.polygons[0].rings[0] == Path{{0, 0}, {4, 0}, {4, 4}, {0, 0}});
    const double infinity = std::numeric_limits<double>::infinity();
    OGRLineString line;
    line.addPoint(0, 0);
    line.addPoint(infinity, 1);
    CHECK_FALSE(flattened(line).finite);
    OGRPoint point(1, std::numeric_limits<double>::quiet_NaN());
    CHECK((flattened(point).shape.empty() || !flattened(point).finite));
}
