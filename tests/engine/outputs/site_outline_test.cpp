// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_outline.hpp"

#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>
#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <string>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::rasters;
using tests::square;

namespace {

Grid grid_in(const std::string& crs, double cell = 30) {
    return {parse_crs(crs).wkt, cell, 0, 0, 100, 100, {}};
}

// Shoelace over the whole ring, in the order written.
double signed_area(const Path& ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        twice += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
    return twice / 2;
}

OGRPolygon as_ogr(const Polygon& polygon) {
    OGRPolygon result;
    for (const Path& ring : polygon.rings) {
        OGRLinearRing line;
        for (const Point p : ring)
            line.addPoint(p.x, p.y);
        result.addRing(&line);
    }
    return result;
}

void check_rfc7946(const Outline& outline) {
    for (const Polygon& polygon : outline) {
        CHECK(as_ogr(polygon).IsValid());
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            const Path& ring = polygon.rings[i];
            CHECK(ring.size() >= 4);
            CHECK(ring.front() == ring.back());
            CHECK((signed_area(ring) > 0) == (i == 0));
            for (const Point p : ring) {
                CHECK(std::abs(p.x) <= 180);
                CHECK(std::abs(p.y) <= 90);
                CHECK(std::abs(p.x * 1e7 - std::round(p.x * 1e7)) < 1e-6);
            }
        }
    }
}

double degrees_area(const Outline& outline) {
    double total = 0;
    for (const Polygon& polygon : outline)
        total += as_ogr(polygon).get_Area();
    return total;
}

} // namespace

TEST_CASE("site_outline: corners are where OGR puts them, rings turn as RFC 7946 says") {
    const Outliner outliner(grid_in("EPSG:32643"));
    for (const bool reversed : {false, true}) {
        Path outer = square(300'000, 3'660'000, 1'000), hole = square(300'400, 3'660'400, 100);
        if (reversed)
            std::reverse(outer.begin(), outer.end());
        else
            std::reverse(hole.begin(), hole.end());
        Shape shape;
        shape.polygons.push_back({{outer, hole}});
        const Outline outline = outliner(shape);
        REQUIRE(outline.size() == 1);
        REQUIRE(outline[0].rings.size() == 2);
        check_rfc7946(outline);

        OGRSpatialReference utm, lonlat;
        utm.importFromEPSG(32643);
        lonlat.SetWellKnownGeogCS("WGS84");
        lonlat.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        const std::unique_ptr<OGRCoordinateTransformation> to(OGRCreateCoordinateTransformation(&utm, &lonlat));
        for (const Point corner : outer) {
            double x = corner.x, y = corner.y;
            REQUIRE(to->Transform(1, &x, &y));
            CHECK(std::any_of(outline[0].rings[0].begin(), outline[0].rings[0].end(),
                              [&](Point p) { return std::hypot(p.x - x, p.y - y) < 1e-7; }));
        }
    }
}

TEST_CASE("site_outline: thin and slanted rings turn the right way, too") {
    const Outliner outliner(grid_in("EPSG:32643"));
    std::mt19937 random(4);
    std::uniform_real_distribution<double> metres(0, 2'000);
    for (int i = 0; i < 300; ++i) {
        const Point a{300'000 + metres(random), 3'660'000 + metres(random)};
        const Point b{300'000 + metres(random), 3'660'000 + metres(random)};
        const Point c{(a.x + b.x) / 2 + metres(random) / 50, (a.y + b.y) / 2 + metres(random) / 50};
        Shape shape;
        shape.polygons.push_back({{{a, b, c, a}}});
        for (const Polygon& polygon : outliner(shape))
            CHECK(signed_area(polygon.rings[0]) > 0);
    }
}

TEST_CASE("site_outline: a long edge bends with the projection") {
    const Outliner outliner(grid_in("EPSG:32643"));
    const Outline outline = outliner(tests::square_shape(200'000, 3'600'000, 100'000));
    REQUIRE(outline.size() == 1);
    CHECK(outline[0].rings[0].size() > 50);
    // Each point of the source edge is near the outline: 3 cm in degrees.
    OGRLinearRing line;
    for (const Point p : outline[0].rings[0])
        line.addPoint(p.x, p.y);
    const Transform to(parse_crs("EPSG:32643"), wgs84());
    for (int i = 0; i <= 1000; ++i) {
        const Point p = to({200'000 + 100.0 * i, 3'600'000});
        const OGRPoint point(p.x, p.y);
        CHECK(line.Distance(&point) < 0.03 / 111'320);
    }
}

TEST_CASE("site_outline: what collapses at 7 decimals is dropped") {
    const Outliner outliner(grid_in("EPSG:32643"));
    CHECK(outliner(tests::square_shape(300'000, 3'660'000, 0.001)).empty());
    CHECK(outliner({}).empty());
    Shape shape = tests::square_shape(300'000, 3'660'000, 1'000);
    shape.polygons[0].rings.push_back(square(300'500, 3'660'500, 0.001)); // a hole of nothing
    shape.polygons.push_back({{square(400'000, 3'660'000, 0.001)}});
    const Outline outline = outliner(shape);
    REQUIRE(outline.size() == 1);
    CHECK(outline[0].rings.size() == 1);
    check_rfc7946(outline);
}

TEST_CASE("site_outline: a site across the antimeridian is cut in two") {
    // Taveuni, Fiji: UTM zone 60 south goes on beyond 180 degrees.
    const Grid grid = grid_in("EPSG:32760");
    const Transform to_utm(wgs84(), parse_crs("EPSG:32760"));
    const Point centre = to_utm({180, -16.9});
    Shape shape = tests::square_shape(centre.x - 5'000, centre.y - 5'000, 10'000);
    shape.polygons[0].rings.push_back(square(centre.x - 1'000, centre.y - 1'000, 2'000)); // a hole across it too
    const Outline outline = Outliner(grid)(shape);
    REQUIRE(outline.size() == 2);
    check_rfc7946(outline);
    const auto box = bounding_box(std::vector<Outline>{outline});
    CHECK(box[0] == doctest::Approx(179.95).epsilon(0.001));
    CHECK(box[2] == doctest::Approx(-179.95).epsilon(0.001));
    CHECK(box[1] < -16.9);
    CHECK(box[3] > -16.9);
    // Nothing is lost: the ellipsoidal area of the parts is that of the whole.
    Shape parts;
    parts.polygons = outline;
    CHECK(ellipsoidal_area(parts, wgs84()) ==
          doctest::Approx(ellipsoidal_area(shape, parse_crs("EPSG:32760"))).epsilon(1e-6));
}

TEST_CASE("site_outline: a concave site meets the antimeridian more than once") {
    const Transform to_utm(wgs84(), parse_crs("EPSG:32760"));
    const Point c = to_utm({180, -16.9});
    // A comb whose three teeth reach over to the east.
    Path comb{{c.x - 9'000, c.y}};
    for (int tooth = 0; tooth < 3; ++tooth) {
        const double y = c.y + 4'000 * tooth;
        for (const Point p :
             {Point{c.x + 5'000, y}, {c.x + 5'000, y + 2'000}, {c.x - 3'000, y + 2'000}, {c.x - 3'000, y + 4'000}})
            comb.push_back(p);
    }
    comb.push_back({c.x - 9'000, c.y + 12'000});
    comb.push_back(comb.front());
    Shape shape;
    shape.polygons.push_back({{comb}});
    const Outline outline = Outliner(grid_in("EPSG:32760"))(shape);
    CHECK(outline.size() == 4); // the back of the comb and three teeth
    check_rfc7946(outline);
    Shape parts;
    parts.polygons = outline;
    CHECK(ellipsoidal_area(parts, wgs84()) ==
          doctest::Approx(ellipsoidal_area(shape, parse_crs("EPSG:32760"))).epsilon(1e-6));
}

TEST_CASE("site_outline: a site around a pole reaches up to it") {
    const Outline outline = Outliner(grid_in("EPSG:3031", 1000))(tests::square_shape(-50'000, -50'000, 100'000));
    REQUIRE_FALSE(outline.empty());
    const auto box = bounding_box(std::vector<Outline>{outline});
    CHECK(box[1] == -90);
    check_rfc7946(outline);
    // Plate carrée area: 360 degrees by the edge's mean distance from the pole, which is
    // 4 / pi asinh(1) half sides; 0.97277 is the scale at the pole of EPSG:3031, and a
    // degree of latitude is 111.694 km there.
    const double mean_km = 50 * 4 / std::numbers::pi * std::asinh(1.0) / 0.97277;
    CHECK(degrees_area(outline) == doctest::Approx(360 * mean_km / 111.694).epsilon(1e-4));
}

TEST_CASE("site_outline: the bounding box goes the narrow way around") {
    const auto box_of = [](std::vector<double> wests) {
        std::vector<Outline> outlines;
        for (const double west : wests)
            outlines.push_back({{{square(west, 10, 2)}}});
        return bounding_box(outlines);
    };
    CHECK(box_of({70, 60, 65}) == std::array<double, 4>{60, 10, 72, 12});
    CHECK(box_of({177, -179, -170}) == std::array<double, 4>{177, 10, -168, 12});
    CHECK(box_of({-10, 10}) == std::array<double, 4>{-10, 10, 12, 12});
    CHECK(std::isnan(box_of({})[0]));
}
