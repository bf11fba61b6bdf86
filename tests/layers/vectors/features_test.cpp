// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/features.hpp"

#include "layers/vectors/inspect.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <numbers>

using namespace zonerank;
using layers::FeatureSet;
using layers::FeatureSource;
using layers::Field;
using layers::Repairs;
using tests::Folder;
using tests::said;

using Fields = std::vector<Field>;

static const rasters::Access only_files{};
static const rasters::Crs unknown{};

static FeatureSet read_in(const FeatureSource& source, const rasters::Crs& target = unknown) {
    return layers::read_features(source, target, 0.01, only_files);
}

static std::string path_in(const Folder& folder, const std::string& name) {
    return folder / name;
}

static std::string write(const Folder& folder, const std::string& name, const std::string& text) {
    tests::write_file(folder / name, text);
    return folder / name;
}

static std::vector<std::string> names(const Folder& folder) {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        result.push_back(entry.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
}

static bool holds(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != text.npos);
    return text.find(part) != text.npos;
}

static std::string feature(const std::string& properties, const std::string& geometry) {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

static std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

static std::string point(double x, double y) {
    return fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", x, y);
}

// Roads of every class, one without.
static std::string roads(const Folder& folder) {
    return write(folder, "roads.geojson",
                 collection(feature(R"("class":"motorway","lanes":4,"toll":1.5)", point(1, 1)) + "," +
                            feature(R"("class":"trunk","lanes":2,"toll":null)", point(2, 1)) + "," +
                            feature(R"("class":null,"lanes":1,"toll":0)", point(3, 1)) + "," +
                            feature(R"("class":"track","lanes":1,"toll":0)", point(4, 1))));
}

// Well-known text with a column `id`, in UTM 43N metres.
static FeatureSource csv(const Folder& folder, const std::vector<std::string>& wkt) {
    std::string text = "id,wkt\n";
    for (std::size_t i = 0; i < wkt.size(); ++i)
        text += fmt::format("{},\"{}\"\n", i, wkt[i]);
    return {.paths = {write(folder, "shapes.csv", text)}, .crs = rasters::parse_crs("EPSG:32643")};
}

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
    const std::string gpkg = tests::converted(roads(folder), path_in(folder, "roads.gpkg"), {"-f", "GPKG"});
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
        write(folder, "a.geojson", collection(feature("", "null") + "," + feature("", point(5, 6))));
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
    const std::string path = write(folder, "edge.geojson",
                                   collection(feature("", R"({"type":"LineString","coordinates":[[73,33],[74,33]]})") +
                                              "," + feature("", point(75, 0))));
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
        read_in({.paths = {write(folder, "world.geojson", collection(some))}}, rasters::parse_crs("EPSG:32643"));
    CHECK(set.repairs == Repairs{.read = 3, .elsewhere = 2});
    CHECK(set.features.size() == 1);
    const FeatureSource half{.paths = {write(folder, "half.geojson", collection(line("[100,0]")))}};
    holds(said([&] { read_in(half, rasters::parse_crs("EPSG:32643")); }),
          "half.geojson: feature 0: the point 165 0 has no place in ");
}

TEST_CASE("a layer without CRS says what to write; a given one is used") {
    const Folder folder;
    const std::string path = write(folder, "p.csv", "name,lon,lat\nA,73.5,33.1\n");
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

TEST_CASE("CSV takes x and y or well-known text, and guesses types") {
    const Folder folder;
    const std::string path = write(folder, "p.csv", "name;X;Y;people;share\nA;1;2;10;0.5\nB;3;4;;\n");
    const FeatureSet set = read_in({.paths = {path}, .fields = {"name", "people", "share"}, .crs = rasters::wgs84()});
    CHECK(set.features[0].fields == Fields{std::string("A"), std::int64_t{10}, 0.5});
    CHECK(set.features[1].fields == Fields{std::string("B"), Field{}, Field{}});
    CHECK(set.features[1].shape.points[0] == rasters::Point{3, 4});
    const std::string bare = write(folder, "q.csv", "name,people\nA,1\n");
    CHECK(said([&] { read_in({.paths = {bare}}); }) ==
          "q.csv: no coordinates; columns x and y (or lon and lat), or one called wkt, are needed");
}

TEST_CASE("a layer is named when a file has several; other tables are no layers") {
    const Folder folder;
    const std::string gpkg =
        tests::converted(roads(folder), path_in(folder, "a.gpkg"), {"-f", "GPKG", "-nln", "roads"});
    const std::string table = write(folder, "t.csv", "a,b\n1,2\n");
    tests::converted(table, gpkg, {"-update", "-nln", "styles"});
    CHECK(read_in({.paths = {gpkg}}).features.size() == 4);
    tests::converted(roads(folder), gpkg, {"-update", "-nln", "tracks"});
    CHECK(said([&] { read_in({.paths = {gpkg}}); }) ==
          "a.gpkg: there are several layers; name one with `layer:` (roads, tracks)");
    CHECK(said([&] { read_in({.paths = {gpkg}, .layer = "road"}); }) ==
          "a.gpkg: unknown layer 'road'; did you mean 'roads'?");
    CHECK(read_in({.paths = {gpkg}, .layer = "Tracks"}).features.size() == 4);
    CHECK(layers::inspect({.paths = {gpkg}, .layer = "roads"}, only_files).layers ==
          std::vector<std::string>{"roads", "tracks"});
}

TEST_CASE("several files are read one after the other") {
    const Folder folder;
    const std::string more = write(folder, "more.geojson", collection(feature(R"("lanes":6)", point(9, 9))));
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

TEST_CASE("a Shapefile's texts follow its .cpg; texts that are not UTF-8 are made so") {
    const Folder folder;
    const std::string source = write(folder, "s.geojson", collection(feature(R"("name":"Köln")", point(7, 51))));
    const std::string shp =
        tests::converted(source, path_in(folder, "s.shp"), {"-lco", "ENCODING=ISO-8859-1", "-f", "ESRI Shapefile"});
    CHECK(read_in({.paths = {shp}, .fields = {"name"}}).features[0].fields == Fields{std::string("Köln")});
    const std::string latin = write(folder, "l.csv", "name,x,y\nK\xf6ln,7,51\n");
    CHECK(read_in({.paths = {latin}, .fields = {"name"}, .crs = rasters::wgs84()}).features[0].fields ==
          Fields{std::string("Köln")});
}

TEST_CASE("GML is read in x, y order, and nothing appears beside it") {
    const Folder folder, other;
    tests::converted(roads(other), path_in(folder, "roads.gml"), {"-f", "GML", "-dsco", "FORMAT=GML3.2"});
    std::filesystem::remove(path_in(folder, "roads.xsd"));
    const FeatureSet set = read_in({.paths = {path_in(folder, "roads.gml")}, .where = "lanes = 2"});
    REQUIRE(set.features.size() == 1);
    CHECK(set.features[0].shape.points[0] == rasters::Point{2, 1});
    CHECK(names(folder) == std::vector<std::string>{"roads.gml"});
}

TEST_CASE("a GeoPackage in WAL mode is read without a trace") {
    const Folder folder;
    tests::converted(roads(folder), path_in(folder, "odd name #1?.gpkg"), {"-f", "GPKG"});
    std::filesystem::remove(path_in(folder, "roads.geojson"));
    const std::string path = path_in(folder, "odd name #1?.gpkg");
    // Bytes 18 and 19 of an SQLite file are its journal mode: 2 is WAL.
    std::FILE* file = std::fopen(path.c_str(), "r+b");
    REQUIRE(file != nullptr);
    std::fseek(file, 18, SEEK_SET);
    std::fputs("\x02\x02", file);
    std::fclose(file);
    std::vector<std::string> during;
    CHECK(read_in({.paths = {path}}).features.size() == 4);
    CHECK(names(folder) == std::vector<std::string>{"odd name #1?.gpkg"});
}

// Two ways of an OpenStreetMap file share nodes with a pond.
static constexpr const char* osm = R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="33.0" lon="73.0"/><node id="2" lat="33.0" lon="73.1"/><node id="3" lat="33.1" lon="73.1"/>
<node id="4" lat="33.2" lon="73.2"><tag k="place" v="town"/><tag k="name" v="Mirpur"/><tag k="population" v="96,000"/></node>
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="trunk"/><tag k="surface" v="asphalt"/></way>
<way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="track"/></way>
<way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="natural" v="water"/></way></osm>)";

TEST_CASE("each layer of an OpenStreetMap file is complete") {
    const Folder folder;
    const std::string path = write(folder, "a.osm", osm);
    CHECK(read_in({.paths = {path}, .layer = "lines"}).features.size() == 2);
    CHECK(read_in({.paths = {path}, .layer = "lines", .where = "highway = 'trunk'"}).features.size() == 1);
    CHECK(read_in({.paths = {path}, .layer = "points", .where = "place = 'town'"}).features.size() == 1);
    CHECK(read_in({.paths = {path}, .layer = "multipolygons", .where = "natural = 'water'"}).features.size() == 1);
    CHECK(read_in({.paths = {path}, .layer = "lines", .where = "hstore_get_value(other_tags, 'surface') = 'asphalt'"})
              .features.size() == 1);
    holds(said([&] { read_in({.paths = {path}, .layer = "lines", .where = "surface = 'asphalt'"}); }),
          "tags without a field of their own are read with hstore_get_value(other_tags, 'key')");
    const layers::FeatureInfo info = layers::inspect({.paths = {path}, .layer = "multipolygons"}, only_files);
    CHECK(info.count == -1);
    CHECK(info.geometries == layers::Geometries{.polygons = true});
    CHECK(names(folder) == std::vector<std::string>{"a.osm"});
}

TEST_CASE("several questions to one file are answered at once, and alike") {
    const Folder folder;
    const std::string gpkg =
        tests::converted(roads(folder), path_in(folder, "a.gpkg"), {"-f", "GPKG", "-nln", "roads"});
    for (const bool one_pass : {true, false}) {
        const std::string path = one_pass ? write(folder, "a.osm", osm) : gpkg;
        const auto layer = [&](const char* name) { return one_pass ? name : "roads"; };
        const std::vector<FeatureSource> sources{
            {.paths = {path}, .layer = layer("lines"), .fields = {"*"}},
            {.paths = {path}, .layer = layer("points")},
            {.paths = {path}, .layer = layer("lines"), .where = one_pass ? "highway = 'track'" : "lanes = 1"},
            {.paths = {path}, .layer = layer("multipolygons")}};
        const std::vector<FeatureSet> sets = layers::read_features(sources, rasters::wgs84(), 1, only_files);
        REQUIRE(sets.size() == 4);
        for (std::size_t i = 0; i < sets.size(); ++i) {
            const FeatureSet alone = read_in(sources[i], rasters::wgs84());
            CHECK(sets[i].fields == alone.fields);
            CHECK(sets[i].repairs == alone.repairs);
            REQUIRE(sets[i].features.size() == alone.features.size());
            CHECK_FALSE(alone.features.empty());
            for (std::size_t k = 0; k < alone.features.size(); ++k) {
                CHECK(sets[i].features[k].fid == alone.features[k].fid);
                CHECK(sets[i].features[k].fields == alone.features[k].fields);
                CHECK(rasters::bounds(sets[i].features[k].shape) == rasters::bounds(alone.features[k].shape));
            }
        }
        CHECK(layers::inspect(sources[0], only_files).one_pass == one_pass);
    }
    CHECK(layers::read_features(std::span<const FeatureSource>{}, unknown, 1, only_files).empty());
}

TEST_CASE("missing, foreign and damaged files are errors, not crashes") {
    const Folder folder;
    holds(said([&] { read_in({.paths = {path_in(folder, "none.gpkg")}}); }), "none.gpkg");
    holds(said([&] { read_in({.paths = {write(folder, "a.txt", "hello")}}); }), "a.txt");
    const std::string gpkg = tests::converted(roads(folder), path_in(folder, "cut.gpkg"), {"-f", "GPKG"});
    std::filesystem::resize_file(gpkg, std::filesystem::file_size(gpkg) / 2);
    holds(said([&] { read_in({.paths = {gpkg}}); }), "cut.gpkg");
    const std::string json = roads(folder);
    std::filesystem::resize_file(json, std::filesystem::file_size(json) / 2);
    holds(said([&] { read_in({.paths = {json}}); }), "roads.geojson");
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
