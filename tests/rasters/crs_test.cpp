// SPDX-License-Identifier: Apache-2.0
#include "rasters/crs.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const Crs utm42 = parse_crs("EPSG:32642"), utm43 = parse_crs("EPSG:32643");
const Box pakistan{60.9, 23.7, 77.8, 37.1};

double metres_between(Point a, Point b) {
    geod_geodesic earth;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    double metres = 0;
    geod_inverse(&earth, a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
    return metres;
}

// |scale - 1| by measuring: a step of 20 m in the plane against the ellipsoid,
// in the worst of many directions.
double measured_scale_error(const Crs& crs, Point at) {
    const Transform back(crs, wgs84());
    double worst = 0;
    for (int i = 0; i < 180; ++i) {
        const double a = i * 3.14159265358979 / 180;
        const Point half{10 * std::cos(a), 10 * std::sin(a)};
        const double true_metres =
            metres_between(back({at.x - half.x, at.y - half.y}), back({at.x + half.x, at.y + half.y}));
        worst = std::max(worst, std::abs(20 / true_metres - 1));
    }
    return worst;
}

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double t = std::min(1.0, std::max(0.0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)));
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

// How far the true image of a straight edge lies from a path, at most.
double farthest_from(const Path& path, Point a, Point b, const Transform& transform) {
    constexpr int samples = 1000;
    double farthest = 0;
    for (int i = 0; i <= samples; ++i) {
        const double t = 1.0 * i / samples;
        const Point p = transform({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        double nearest = 1e300;
        for (std::size_t k = 0; k + 1 < path.size(); ++k)
            nearest = std::min(nearest, distance_to_segment(p, path[k], path[k + 1]));
        farthest = std::max(farthest, nearest);
    }
    return farthest;
}

Shape polygon(std::vector<Path> rings) {
    return {.polygons = {{std::move(rings)}}};
}

Path rectangle(const Box& b) {
    return {{b.xmin, b.ymin}, {b.xmax, b.ymin}, {b.xmax, b.ymax}, {b.xmin, b.ymax}, {b.xmin, b.ymin}};
}

} // namespace

TEST_CASE("a CRS is read from a code, WKT or a PROJ string") {
    CHECK_FALSE(Crs{}.known());
    CHECK_FALSE(Crs{}.geographic);
    CHECK_FALSE(Crs{}.projected);
    CHECK(utm43.authority == "EPSG:32643");
    CHECK(utm43.name == "WGS 84 / UTM zone 43N");
    CHECK(utm43.label() == "EPSG:32643");
    CHECK(utm43.projected);
    CHECK(!utm43.geographic);
    CHECK(utm43.metres_per_unit == 1);
    CHECK(same(parse_crs(utm43.wkt), utm43));
    CHECK(same(parse_crs("+proj=utm +zone=43 +datum=WGS84 +units=m"), utm43));
    CHECK(!same(utm42, utm43));
    CHECK(wgs84().geographic);
    CHECK(same(wgs84(), parse_crs("OGC:CRS84")));
    CHECK(parse_crs("EPSG:2225").metres_per_unit == doctest::Approx(0.3048006));
    CHECK(parse_crs("EPSG:5556").projected); // with heights
    CHECK(!Crs{}.known());
    CHECK(!same(Crs{}, utm43));
    for (const char* text : {"WGS 84 / UTM zone 43N", "wgs 84 / utm zone 43n", "urn:ogc:def:crs:EPSG::32643"})
        CHECK(same(parse_crs(text), utm43));
    CHECK(same(parse_crs("WGS84"), wgs84()));
    // PROJ alone takes each of these: a part of a name, or one that is like it.
    for (const char* text : {"foo", "WGS 84 / UTM zone", "utm"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(parse_crs(text), doctest::Contains("(for example EPSG:32643)"), Error);
    }
    for (const char* text :
         {"", "EPSG:1", "utm zone 43", "+proj=nonsense", "+proj=pipeline +step +proj=utm +zone=43"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_crs(text), Error);
    }
}

TEST_CASE("points go both ways, in x, y order, like gdaltransform") {
    const Transform there(wgs84(), utm43), back(utm43, wgs84());
    const std::string text =
        tests::output_of("echo 73.75 33.15 | gdaltransform -output_xy -s_srs EPSG:4326 -t_srs EPSG:32643");
    std::istringstream words(text);
    double x = 0, y = 0;
    words >> x >> y;
    const Point p = there({73.75, 33.15});
    CHECK(p.x == doctest::Approx(x).epsilon(1e-10));
    CHECK(p.y == doctest::Approx(y).epsilon(1e-10));
    const Point q = back(p);
    CHECK(q.x == doctest::Approx(73.75).epsilon(1e-12));
    CHECK(q.y == doctest::Approx(33.15).epsilon(1e-12));
    CHECK(!there.identity());
    CHECK(Transform(wgs84(), parse_crs("OGC:CRS84")).identity());
    const Point lost = Transform(wgs84(), parse_crs("EPSG:3857"))({0, 95});
    CHECK(std::isnan(lost.x));
    CHECK(std::isnan(lost.y));
    CHECK_THROWS_AS(Transform({}, utm43), Error);
    CHECK_THROWS_AS(Transform(utm43, parse_crs(R"(LOCAL_CS["site",UNIT["metre",1]])")), Error);
}

TEST_CASE("a transform may be shared by threads") {
    const Transform there(wgs84(), utm43);
    std::vector<Point> one(20'000);
    for (std::size_t i = 0; i < one.size(); ++i)
        one[i] = {72 + 0.0001 * static_cast<double>(i), 33};
    std::vector<std::vector<Point>> results(4, one);
    there.apply(one);
    std::vector<std::thread> threads;
    for (auto& mine : results)
        threads.emplace_back([&there, &mine] { there.apply(mine); });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& mine : results)
        CHECK(mine == one);
}

TEST_CASE("a long edge given in degrees stays on its true image") {
    const Transform there(wgs84(), utm43);
    const Point a{73, 33}, b{74.07, 33}; // 100 km along a parallel
    const Path straight{there(a), there(b)};
    CHECK(farthest_from(straight, a, b, there) > 100); // what would be lost
    for (const double tolerance : {0.01, 0.1, 5.0}) {
        CAPTURE(tolerance);
        const Shape image = reproject(Shape{.lines = {{a, b}}}, there, tolerance);
        const Path& path = image.lines.at(0);
        CHECK(path.front() == straight.front());
        CHECK(path.back() == straight.back());
        CHECK(farthest_from(path, a, b, there) <= tolerance);
        CHECK(path.size() < 4 * std::sqrt(130 / tolerance)); // no more points than that takes
    }
    // A short edge is left alone.
    CHECK(reproject(Shape{.lines = {{{73, 33}, {73.0003, 33.0002}}}}, there, 0.01).lines[0].size() == 2);
}

TEST_CASE("random edges of any length stay within the tolerance") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> lon(66, 78), lat(24, 37), exponent(-4, 0), angle(0, 6.28);
    for (const Crs& to : {utm43, default_crs(pakistan)}) {
        const Transform there(wgs84(), to);
        for (int i = 0; i < 40; ++i) {
            const Point a{lon(random), lat(random)};
            const double length = std::pow(10, exponent(random)), turn = angle(random);
            const Point b{a.x + length * std::cos(turn), a.y + length * std::sin(turn)};
            const Shape image = reproject(Shape{.lines = {{a, b}}}, there, 0.02);
            CAPTURE(length);
            CHECK(farthest_from(image.lines[0], a, b, there) <= 0.02);
        }
    }
}

TEST_CASE("edges across a cut, and edges of no length, come to an end") {
    const Crs fiji = default_crs({178, -19, 182, -16});
    const Shape image = reproject(Shape{.lines = {{{-50'000, 0}, {50'000, 0}}}}, Transform(fiji, wgs84()), 1e-7);
    const Path& path = image.lines.at(0);
    CHECK(path.front().x > 179);
    CHECK(path.back().x < -179);
    CHECK(path.size() > 3);
    CHECK(path.size() < 300);
    CHECK(reproject(Shape{.lines = {{{73, 33}, {73, 33}}}}, Transform(wgs84(), utm43), 0.01).lines[0].size() == 2);
}

TEST_CASE("all parts of a shape are reprojected, rings stay closed") {
    const Transform there(wgs84(), utm43);
    Shape shape = polygon({rectangle({73, 33, 74, 34}), rectangle({73.2, 33.2, 73.4, 33.4})});
    shape.points = {{73.5, 33.5}};
    shape.lines = {{{73, 33}, {73.5, 33.1}, {74, 34}}};
    const Shape image = reproject(shape, there, 0.01);
    CHECK(image.points.at(0) == there({73.5, 33.5}));
    CHECK(image.lines.at(0).front() == there({73, 33}));
    REQUIRE(image.polygons.size() == 1);
    REQUIRE(image.polygons[0].rings.size() == 2);
    for (const Path& ring : image.polygons[0].rings)
        CHECK(ring.front() == ring.back());
    CHECK(reproject(Shape{}, there, 0.01).empty());
    CHECK(reproject(shape, Transform(wgs84(), wgs84()), 1).points == shape.points);
    CHECK_THROWS_AS(reproject(Shape{.points = {{0, 95}}}, Transform(wgs84(), parse_crs("EPSG:3857")), 1), Error);
}

TEST_CASE("a shape has a place when any of its corners has one") {
    const Transform transform(wgs84(), parse_crs("EPSG:32643"));
    const Point here{73, 33}, nowhere{165, 0};
    CHECK(std::isnan(transform(nowhere).x));
    const auto placed = [&](const Shape& shape) { return has_place(shape, transform); };
    CHECK(placed({.points = {nowhere, here}}));
    CHECK_FALSE(placed({.points = {nowhere}}));
    CHECK(placed({.lines = {{nowhere, here}}}));
    CHECK_FALSE(placed({.lines = {{nowhere, nowhere}}}));
    CHECK(placed({.polygons = {{{{nowhere, nowhere, nowhere}, {nowhere, here, nowhere}}}}}));
    CHECK_FALSE(placed({.polygons = {{{{nowhere, nowhere, nowhere}}}}}));
    CHECK_FALSE(placed({}));
}

TEST_CASE("the image of a box holds the images of its points") {
    std::mt19937 random(8);
    const Transform there(wgs84(), utm42);
    const Box image = reproject(pakistan, there);
    std::uniform_real_distribution<double> unit(0, 1);
    for (int i = 0; i < 2000; ++i) {
        const Point p =
            there({pakistan.xmin + pakistan.width() * unit(random), pakistan.ymin + pakistan.height() * unit(random)});
        CHECK(image.grown(1).contains(p));
    }
    // Not much larger than needed: touched by a corner.
    CHECK(image.ymin == doctest::Approx(there({69, 23.7}).y));

    const Box around_pole =
        reproject(Box{-500'000, -500'000, 500'000, 500'000}, Transform(parse_crs("EPSG:3413"), wgs84()));
    CHECK(around_pole.ymax == doctest::Approx(90));
    const Box fiji = reproject(Box{166'000, 7'900'000, 834'000, 8'200'000}.grown(300'000),
                               Transform(parse_crs("EPSG:32760"), wgs84()));
    CHECK(fiji.xmin > 170);
    CHECK(fiji.xmax > 180);
    CHECK(fiji.xmax < 190);
    CHECK_THROWS_AS(reproject(Box{0, 95, 1, 96}, Transform(wgs84(), parse_crs("EPSG:3857"))), Error);
}

TEST_CASE("the scale error is what measuring on the ellipsoid gives") {
    const Transform to_utm(wgs84(), utm42);
    for (const Point p : {Point{60.9, 29.8}, {69, 30}, {77.8, 35.5}, {71, 24}}) {
        const Point at = to_utm(p);
        CHECK(std::abs(scale_error(utm42, {at.x, at.y, at.x, at.y}) - measured_scale_error(utm42, at)) < 1e-6);
    }
    // Pakistan in one UTM zone is off by three quarters of a percent at its western edge.
    const Point edge = to_utm({60.9, 29.0});
    CHECK(scale_error(utm42, {edge.x, edge.y, edge.x, edge.y}) == doctest::Approx(0.0075).epsilon(0.03));
    const Crs laea = default_crs(pakistan);
    const Point same_edge = Transform(wgs84(), laea)({60.9, 29.0});
    CHECK(measured_scale_error(laea, same_edge) ==
          doctest::Approx(scale_error(laea, {same_edge.x, same_edge.y, same_edge.x, same_edge.y})).epsilon(1e-3));
    CHECK(scale_error(laea, {same_edge.x, same_edge.y, same_edge.x, same_edge.y}) < 0.0025);
    // Feet are not an error of scale.
    const Crs feet = parse_crs("EPSG:2225");
    const Point sacramento = Transform(wgs84(), feet)({-121.5, 40.5});
    CHECK(scale_error(feet, {sacramento.x, sacramento.y, sacramento.x, sacramento.y}) < 0.0002);
    CHECK_THROWS_AS(scale_error(wgs84(), pakistan), Error);
    // Shrunk to half along the parallels alone.
    const Crs squeezed = parse_crs("+proj=eqc +lat_ts=60 +R=6378137");
    CHECK(scale_error(parse_crs("+proj=eqc +lat_ts=60 +datum=WGS84"), {0, 0, 0, 0}) ==
          doctest::Approx(measured_scale_error(parse_crs("+proj=eqc +lat_ts=60 +datum=WGS84"), {0, 0})).epsilon(1e-4));
    CHECK(scale_error(squeezed, {0, 0, 0, 0}) == doctest::Approx(0.5).epsilon(0.01));
    // An equal-area projection is worst in the corners of a box around its centre.
    CHECK(scale_error(laea, {-300'000, -300'000, 300'000, 300'000}) ==
          doctest::Approx(measured_scale_error(laea, {300'000, -300'000})).epsilon(0.01));
    // The lattice has corners.
    const Box box = reproject(Box{60.9, 28.9, 69, 29.0}, to_utm);
    CHECK(scale_error(utm42, box) >= scale_error(utm42, {edge.x, edge.y, edge.x, edge.y}));
}

TEST_CASE("a study without a CRS gets its UTM zone, or an equal-area one when that is too small") {
    struct Row {
        Box box;
        const char* authority;
    };
    for (const Row& row : {Row{{73, 32.5, 74.5, 34}, "EPSG:32643"},
                           {{-58.6, -34.8, -58.2, -34.4}, "EPSG:32721"},
                           {{179.1, -18, 179.9, -17}, "EPSG:32760"},
                           {{-180, 51, -179, 52}, "EPSG:32601"},
                           {{36.6, -1.5, 37.1, -1.1}, "EPSG:32737"}}) {
        CAPTURE(row.authority);
        CHECK(default_crs(row.box).authority == row.authority);
    }
    const Crs country = default_crs(pakistan);
    CHECK(country.projected);
    CHECK(country.authority.empty());
    CHECK(country.name == "WGS 84 / LAEA centred on 30.4 69.4");
    CHECK(country.wkt.find("Lambert Azimuthal Equal Area") != std::string::npos);
    CHECK(same(parse_crs(country.wkt), country));
    const Point centre = Transform(wgs84(), country)({69.4, 30.4});
    CHECK(std::hypot(centre.x, centre.y) < 1e-6);

    for (const Box& box : {Box{178, -19, -178, -16}, Box{178, -19, 182, -16}}) { // across the antimeridian
        const Crs crs = default_crs(box);
        const Transform there(wgs84(), crs);
        CHECK(std::abs(there({179.9, -17.5}).x - there({-179.9, -17.5}).x) < 30'000);
        CHECK(scale_error(crs, reproject(Box{178, -19, 182, -16}, there)) < 0.001);
    }
    CHECK_THROWS_AS(default_crs({}), Error);
    CHECK_THROWS_AS(default_crs({10, -95, 11, -80}), Error);
    CHECK_THROWS_AS(default_crs({10, 80, 11, 95}), Error);
    CHECK_THROWS_AS(default_crs({500'000, 3'600'000, 600'000, 3'700'000}), Error);
}

TEST_CASE("areas are the ellipsoid's") {
    // A cell of one degree, bounded by parallels: b^2 dlon/2 [s/(1-e2 s2) + atanh(e s)/e] between the latitudes.
    const auto band = [](double lat) {
        const double a = 6378137, f = 1 / 298.257223563, e2 = f * (2 - f), e = std::sqrt(e2);
        const double s = std::sin(lat * 3.14159265358979323846 / 180), b2 = a * a * (1 - e2);
        return b2 / 2 * (s / (1 - e2 * s * s) + std::atanh(e * s) / e);
    };
    const double expected = (band(34) - band(33)) * 3.14159265358979323846 / 180;
    const Shape degree = polygon({rectangle({73, 33, 74, 34})});
    CHECK(ellipsoidal_area(degree, wgs84()) == doctest::Approx(expected).epsilon(1e-7));
    CHECK(ellipsoidal_area(reproject(degree, Transform(wgs84(), utm43), 0.01), utm43) ==
          doctest::Approx(expected).epsilon(1e-6));
    // In an equal-area CRS the plane's area is the ellipsoid's.
    const Crs laea = default_crs(pakistan);
    const Shape plot =
        polygon({rectangle({100'000, 200'000, 140'000, 250'000}), rectangle({110'000, 210'000, 120'000, 215'000})});
    CHECK(ellipsoidal_area(plot, laea) == doctest::Approx(area(plot)).epsilon(1e-7));
    // Small plots, either direction of the rings, holes taken off.
    const Point mirpur = Transform(wgs84(), laea)({73.75, 33.15});
    const Shape small = polygon({rectangle({mirpur.x, mirpur.y, mirpur.x + 100, mirpur.y + 50})});
    CHECK(ellipsoidal_area(small, laea) == doctest::Approx(5000).epsilon(1e-6));
    Shape reversed = small;
    std::reverse(reversed.polygons[0].rings[0].begin(), reversed.polygons[0].rings[0].end());
    CHECK(ellipsoidal_area(reversed, laea) == doctest::Approx(5000).epsilon(1e-6));
    CHECK(ellipsoidal_area(polygon({rectangle({179, -18, 181, -17})}), wgs84()) ==
          doctest::Approx(ellipsoidal_area(polygon({rectangle({77, -18, 79, -17})}), wgs84())));
    CHECK(ellipsoidal_area({}, wgs84()) == 0);
}

TEST_CASE("lengths are along the ellipsoid, whatever the CRS") {
    // A degree on the equator; from there to the pole (two parts of a quarter of a meridian).
    const double degree = 6378137 * std::numbers::pi / 180;
    const auto total = [](const std::vector<double>& metres) {
        return std::accumulate(metres.begin(), metres.end(), 0.0);
    };
    CHECK(ellipsoidal_lengths({{10, 0}, {11, 0}}, wgs84()).at(0) == doctest::Approx(degree).epsilon(1e-12));
    CHECK(ellipsoidal_lengths({{179.5, 0}, {-179.5, 0}}, wgs84()).at(0) == doctest::Approx(degree).epsilon(1e-12));
    const std::vector<double> quarter = ellipsoidal_lengths({{11, 0}, {11, 40}, {11, 90}}, wgs84());
    REQUIRE(quarter.size() == 2);
    CHECK(total(quarter) == doctest::Approx(10001965.729).epsilon(1e-10));
    CHECK(ellipsoidal_lengths({{3, 3}}, wgs84()).empty());
    // GeographicLib's own test GeodSolve0, to the metre that it gives: New York to Paris.
    CHECK(std::abs(ellipsoidal_lengths({{-73.8, 40.6}, {2.55, 49.01666667}}, wgs84()).at(0) - 5853226) < 0.5);
    const Path lonlat{{73.2, 33.1}, {76.1, 35.9}};
    const Transform to_utm(wgs84(), utm43);
    CHECK(ellipsoidal_lengths({to_utm(lonlat[0]), to_utm(lonlat[1])}, utm43).at(0) ==
          doctest::Approx(ellipsoidal_lengths(lonlat, wgs84()).at(0)).epsilon(1e-9));
    CHECK(std::isnan(ellipsoidal_lengths({{0, 0}, {0, 95}}, wgs84()).at(0)));
}

TEST_CASE("a file's CRS is the authority's, whatever its words, unless it means another") {
    const Crs defined = parse_crs("EPSG:32643");
    REQUIRE(defined.wkt.find("ENSEMBLE") != std::string::npos);
    std::string with_datum = defined.wkt;
    const std::size_t from = with_datum.find("ENSEMBLE["), to = with_datum.find("PRIMEM[");
    with_datum.replace(from, to - from,
                       R"(DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],)");
    CHECK(parse_crs(with_datum).wkt != defined.wkt);
    CHECK(parse_file_crs(with_datum).wkt == defined.wkt);

    std::string shifted = with_datum;
    shifted.replace(shifted.find("500000"), 6, "400000");
    CHECK(parse_file_crs(shifted).wkt == parse_crs(shifted).wkt);
    std::string unknown = with_datum;
    unknown.replace(unknown.rfind("\"EPSG\",32643"), 12, "\"MINE\",1");
    CHECK(parse_file_crs(unknown).wkt == parse_crs(unknown).wkt);
    CHECK(parse_file_crs("+proj=utm +zone=43 +datum=WGS84").wkt == parse_crs("+proj=utm +zone=43 +datum=WGS84").wkt);
}
