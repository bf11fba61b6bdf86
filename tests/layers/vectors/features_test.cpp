// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/features.hpp"

#include "layers/vectors/inspect.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/said.hpp"
#include "tests/support/vector_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

using namespace zonerank;
using layers::FeatureSet;
using layers::FeatureSource;
using layers::Field;
using layers::Repairs;
using namespace zonerank::tests;

using Fields = std::vector<Field>;

TEST_CASE("GeoJSON is read in x, y order with its fields' own types") {
    const Folder folder;
    const FeatureSet set = read_in({.paths = {roads(folder)}, .fields = {"*"}});
    CHECK(set.fields == std::vector<std::string>{"class", "lanes", "toll"});
    CHECK(set.source_crs.authority == "EPSG:4326");
    REQUIRE(set.features.size() == 4);
    CHECK(set.features[0].fields == Fields{std::string("motorway"), std::int64_t{4}, 1.5});
    CHECK(set.features[1].fields == Fields{std::string("trunk"), std::int64_t{2}, Field{}});
    CHECK(set.features[2].fields == Fields{Field{}, std::int64_t{1}, 0.0});
    CHECK(set.features[3].shape.points == std::vector<rasters::Point>{{4, 1}});
    CHECK(set.extent == rasters::Box{1, 1, 4, 1});
    CHECK(set.repairs == Repairs{.read = 4});
    CHECK(names(folder) == std::vector<std::string>{"roads.geojson"});
}

TEST_CASE("only the fields asked for, in that order, whatever their case") {
    const Folder folder;
    const FeatureSet set = read_in({.paths = {roads(folder)}, .fields = {"LANES", "class"}});
    CHECK(set.fields == std::vector<std::string>{"LANES", "class"});
    CHECK(set.features[0].fields == Fields{std::int64_t{4}, std::string("motorway")});
    CHECK(read_in({.paths = {roads(folder)}}).features[0].fields.empty());
    const std::string first = layers::inspect({.paths = {roads(folder)}}, only_files).fields.front();
    std::string upper = first;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    CHECK(read_in({.paths = {roads(folder)}, .fields = {upper}}).features[0].fields.size() == 1);
}

TEST_CASE("where is OGR's own expression on the features") {
    const Folder folder;
    struct Row {
        const char* where;
        std::size_t passing;
    };
    for (const Row& row : {Row{"", 4},
                           {"class = 'trunk'", 1},
                           {"class in ('motorway', 'trunk')", 2},
                           {"class IS NULL", 1},
                           {"class is not null and lanes < 4", 2},
                           {"lanes between 2 and 4", 2},
                           {"class like 'tr%'", 2},
                           {"toll > 100", 0},
                           {"not (lanes = 1)", 2},
                           {"fid >= 0", 4}}) {
        CAPTURE(row.where);
        const FeatureSet set = read_in({.paths = {roads(folder)}, .where = row.where});
        CHECK(set.features.size() == row.passing);
        CHECK(set.repairs.read == static_cast<std::int64_t>(row.passing));
    }
}

TEST_CASE("a misspelt field or a broken where is told with the nearest word") {
    const Folder folder;
    const auto tell = [&](const std::string& where) {
        const FeatureSource source{.paths = {roads(folder)}, .where = where};
        CHECK(said([&] { layers::inspect(source, only_files); }) == said([&] { read_in(source); }));
        CHECK(said([&] { layers::check(source, only_files); }) == said([&] { read_in(source); }));
        return said([&] { read_in(source); });
    };
    CHECK(tell("clas = 'trunk'") == "roads.geojson: where: unknown field 'clas'; did you mean 'class'?");
    CHECK(tell("class = motorway") == "roads.geojson: where: unknown field 'motorway'; there is class, lanes, toll "
                                      "(a text is written 'motorway')");
    holds(tell("class = "), "roads.geojson: where \"class = \" can't be read: syntax error");
    holds(tell("lanes > 'many'"), "where \"lanes > 'many'\" can't be read");
    CHECK(said([&] { read_in({.paths = {roads(folder)}, .fields = {"lane"}}); }) ==
          "roads.geojson: unknown field 'lane'; did you mean 'lanes'?");
}

TEST_CASE("where can't be a query") {
    const Folder folder;
    const std::string gpkg = converted(roads(folder), path_in(folder, "roads.gpkg"), {"-f", "GPKG"});
    for (const char* where :
         {"class in (select name from sqlite_master)", "1 = 1; drop table roads", "exists (select 1)",
          "class = 'x' union select 1", "load_extension('x') = 1", "(select count(*) from sqlite_master) > 0"}) {
        CAPTURE(where);
        holds(said([&] { read_in({.paths = {gpkg}, .where = where}); }), "roads.gpkg: where");
    }
    CHECK(read_in({.paths = {gpkg}, .where = "class in ('motorway', 'trunk') and lanes >= 4"}).features.size() == 1);
}

TEST_CASE("null and empty geometries are left out and counted") {
    const Folder folder;
    const std::string path =
        write_in(folder, "a.geojson", collection(feature("", "null") + "," + feature("", point(5, 6))));
    CHECK(read_in({.paths = {path}}).repairs == Repairs{.read = 2, .null = 1});
    const FeatureSet set = read_in(csv(folder, {"POINT EMPTY", "POLYGON EMPTY", "POINT (5 6)", "",
                                                "GEOMETRYCOLLECTION (POINT EMPTY, LINESTRING EMPTY)"}));
    CHECK(set.repairs == Repairs{.read = 5, .null = 1, .empty = 3});
    REQUIRE(set.features.size() == 1);
    CHECK(set.features[0].fid == 3);
    CHECK(set.extent == rasters::Box{5, 6, 5, 6});
}

TEST_CASE("coordinates that are no numbers count as empty") {
    const Folder folder;
    const FeatureSet set = read_in(csv(folder, {"LINESTRING (0 0, nan 1)", "POINT (1e999 0)", "POINT (1 2)"}));
    CHECK(set.features.size() == 1);
    CHECK(set.repairs.empty + set.repairs.null == 2);
}

TEST_CASE("invalid polygons are mended and counted") {
    const Folder folder;
    const FeatureSet set =
        read_in(csv(folder, {"POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))",
                             "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((2 0, 6 0, 6 4, 2 4, 2 0)))",
                             "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))"}));
    CHECK(set.repairs == Repairs{.read = 4, .repaired = 2});
    REQUIRE(set.features.size() == 4);
    CHECK(rasters::area(set.features[0].shape) == doctest::Approx(50));
    CHECK(rasters::area(set.features[1].shape) == 100);
    CHECK(rasters::area(set.features[2].shape) == doctest::Approx(24));
    CHECK(rasters::area(set.features[3].shape) == 72);
}

TEST_CASE("curves, heights and collections are flattened") {
    const Folder folder;
    const FeatureSet set =
        read_in(csv(folder, {"CURVEPOLYGON (CIRCULARSTRING (0 0, 1000 1000, 2000 0, 1000 -1000, 0 0))",
                             "LINESTRING Z (0 0 5, 1 1 7)", "POINT M (1 2 9)",
                             "GEOMETRYCOLLECTION (POINT (7 7), LINESTRING (0 0, 1 0), "
                             "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5))))",
                             "COMPOUNDCURVE ((0 0, 1 1), CIRCULARSTRING (1 1, 2 2, 3 1))"}));
    CHECK(set.repairs == Repairs{.read = 5, .flattened = 4});
    REQUIRE(set.features.size() == 5);
    const rasters::Shape& circle = set.features[0].shape;
    CHECK(rasters::area(circle) == doctest::Approx(std::numbers::pi * 1e6).epsilon(2e-5));
    rasters::for_each_segment(circle, [](rasters::Point a, rasters::Point b) {
        CHECK(std::hypot((a.x + b.x) / 2 - 1000, (a.y + b.y) / 2) > 999.99);
    });
    CHECK(set.features[1].shape.lines == std::vector<rasters::Path>{{{0, 0}, {1, 1}}});
    CHECK(set.features[2].shape.points == std::vector<rasters::Point>{{1, 2}});
    CHECK(set.features[3].shape.points.size() == 1);
    CHECK(set.features[3].shape.lines.size() == 1);
    CHECK(set.features[3].shape.polygons.size() == 2);
    CHECK(set.features[4].shape.lines.size() == 1);
}

TEST_CASE("features arrive in the target's CRS, long edges bent") {
    const Folder folder;
    const std::string path =
        write_in(folder, "edge.geojson",
                 collection(feature("", R"({"type":"LineString","coordinates":[[73,33],[74,33]]})") + "," +
                            feature("", point(75, 0))));
    const FeatureSet set = read_in({.paths = {path}}, rasters::parse_crs("EPSG:32643"));
    // On the central meridian, 0 degrees north: the definition of UTM 43N.
    CHECK(set.features[1].shape.points[0].x == doctest::Approx(500000).epsilon(1e-9));
    CHECK(std::abs(set.features[1].shape.points[0].y) < 1e-6);
    const rasters::Path& line = set.features[0].shape.lines[0];
    CHECK(line.size() > 10);
    const rasters::Transform back(rasters::parse_crs("EPSG:32643"), rasters::wgs84());
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const rasters::Point middle = back({(line[i].x + line[i + 1].x) / 2, (line[i].y + line[i + 1].y) / 2});
        CHECK(std::abs(middle.y - 33) * 110900 < 0.011); // within 1 cm of the parallel
    }
}

TEST_CASE("what has no place at all in the grid's CRS is left out and counted") {
    const Folder folder;
    const auto line = [](const std::string& to) {
        return feature("", R"({"type":"LineString","coordinates":[[165,0],)" + to + "]}");
    };
    const std::string some = feature("", point(73, 33)) + "," + feature("", point(165, 0)) + "," + line("[165,1]");
    const FeatureSet set =
        read_in({.paths = {write_in(folder, "world.geojson", collection(some))}}, rasters::parse_crs("EPSG:32643"));
    CHECK(set.repairs == Repairs{.read = 3, .elsewhere = 2});
    CHECK(set.features.size() == 1);
    const FeatureSource half{.paths = {write_in(folder, "half.geojson", collection(line("[100,0]")))}};
    holds(said([&] { read_in(half, rasters::parse_crs("EPSG:32643")); }),
          "half.geojson: feature 0: the point 165 0 has no place in ");
}

TEST_CASE("a layer without CRS says what to write; a given one is used") {
    const Folder folder;
    const std::string path = write_in(folder, "p.csv", "name,lon,lat\nA,73.5,33.1\n");
    CHECK(said([&] { read_in({.paths = {path}}); }) ==
          "p.csv: it has no CRS; write which one it is in, as in `crs: EPSG:4326` for longitude and latitude");
    CHECK_FALSE(layers::inspect({.paths = {path}}, only_files).crs.known());
    const FeatureSet set = read_in({.paths = {path}, .crs = rasters::wgs84()});
    CHECK(set.features[0].shape.points[0] == rasters::Point{73.5, 33.1});
    CHECK(names(folder) == std::vector<std::string>{"p.csv"});
}

TEST_CASE("a CRS against the file's own needs override") {
    const Folder folder;
    FeatureSource source{.paths = {roads(folder)}, .crs = rasters::parse_crs("EPSG:32643")};
    CHECK(said([&] { read_in(source); }) == "roads.geojson: its CRS is EPSG:4326, not EPSG:32643; leave out `crs`, or "
                                            "write `override: true` if the file is wrong");
    source.override_crs = true;
    CHECK(read_in(source).source_crs.authority == "EPSG:32643");
    source.crs = rasters::wgs84();
    source.override_crs = false;
    CHECK(read_in(source).features.size() == 4);
}

TEST_CASE("several files are read one after the other") {
    const Folder folder;
    const std::string more = write_in(folder, "more.geojson", collection(feature(R"("lanes":6)", point(9, 9))));
    const FeatureSet set = read_in({.paths = {roads(folder), more}, .fields = {"*"}});
    CHECK(set.features.size() == 5);
    CHECK(set.features[4].fields == Fields{Field{}, std::int64_t{6}, Field{}});
    CHECK(set.extent == rasters::Box{1, 1, 9, 9});
    CHECK(said([&] {
              read_in({.paths = {roads(folder), more}, .fields = {"class"}});
          }) == "more.geojson: unknown field 'class'; there is lanes");
    const layers::FeatureInfo info = layers::inspect({.paths = {roads(folder), more}}, only_files);
    CHECK(info.count == 5);
    CHECK(info.extent == rasters::Box{1, 1, 9, 9});
}

TEST_CASE("fields as text") {
    CHECK(layers::to_text(Field{}).empty());
    CHECK(layers::to_text(std::int64_t{-7}) == "-7");
    CHECK(layers::to_text(0.1) == "0.1");
    CHECK(layers::to_text(1e300) == "1e+300");
    CHECK(layers::to_text(std::string("Köln")) == "Köln");
}

TEST_CASE("edges bend by a thousandth of a cell, and by a centimetre at most on small ones") {
    CHECK(layers::densify_tolerance(30) == 0.03);
    CHECK(layers::densify_tolerance(250) == 0.25);
    CHECK(layers::densify_tolerance(10) == 0.01);
    CHECK(layers::densify_tolerance(1) == 0.01);
}
