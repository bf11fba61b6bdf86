// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/features.hpp"

#include "layers/vectors/inspect.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/said.hpp"
#include "tests/support/vector_files.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::FeatureSet;
using layers::FeatureSource;
using layers::Field;
using namespace zonerank::tests;

using Fields = std::vector<Field>;

TEST_CASE("CSV takes x and y or well-known text, and guesses types") {
    const Folder folder;
    const std::string path = write_in(folder, "p.csv", "name;X;Y;people;share\nA;1;2;10;0.5\nB;3;4;;\n");
    const FeatureSet set = read_in({.paths = {path}, .fields = {"name", "people", "share"}, .crs = rasters::wgs84()});
    CHECK(set.features[0].fields == Fields{std::string("A"), std::int64_t{10}, 0.5});
    CHECK(set.features[1].fields == Fields{std::string("B"), Field{}, Field{}});
    CHECK(set.features[1].shape.points[0] == rasters::Point{3, 4});
    const std::string bare = write_in(folder, "q.csv", "name,people\nA,1\n");
    CHECK(said([&] { read_in({.paths = {bare}}); }) ==
          "q.csv: no coordinates; columns x and y (or lon and lat), or one called wkt, are needed");
}

TEST_CASE("a layer is named when a file has several; other tables are no layers") {
    const Folder folder;
    const std::string gpkg = converted(roads(folder), path_in(folder, "a.gpkg"), {"-f", "GPKG", "-nln", "roads"});
    const std::string table = write_in(folder, "t.csv", "a,b\n1,2\n");
    converted(table, gpkg, {"-update", "-nln", "styles"});
    CHECK(read_in({.paths = {gpkg}}).features.size() == 4);
    converted(roads(folder), gpkg, {"-update", "-nln", "tracks"});
    CHECK(said([&] { read_in({.paths = {gpkg}}); }) ==
          "a.gpkg: there are several layers; name one with `layer:` (roads, tracks)");
    CHECK(said([&] { read_in({.paths = {gpkg}, .layer = "road"}); }) ==
          "a.gpkg: unknown layer 'road'; did you mean 'roads'?");
    CHECK(read_in({.paths = {gpkg}, .layer = "Tracks"}).features.size() == 4);
    CHECK(layers::inspect({.paths = {gpkg}, .layer = "roads"}, only_files).layers ==
          std::vector<std::string>{"roads", "tracks"});
}

TEST_CASE("a Shapefile's texts follow its .cpg; texts that are not UTF-8 are made so") {
    const Folder folder;
    const std::string source = write_in(folder, "s.geojson", collection(feature(R"("name":"Köln")", point(7, 51))));
    const std::string shp =
        converted(source, path_in(folder, "s.shp"), {"-lco", "ENCODING=ISO-8859-1", "-f", "ESRI Shapefile"});
    CHECK(read_in({.paths = {shp}, .fields = {"name"}}).features[0].fields == Fields{std::string("Köln")});
    const std::string latin = write_in(folder, "l.csv", "name,x,y\nK\xf6ln,7,51\n");
    CHECK(read_in({.paths = {latin}, .fields = {"name"}, .crs = rasters::wgs84()}).features[0].fields ==
          Fields{std::string("Köln")});
}

TEST_CASE("GML is read in x, y order, and nothing appears beside it") {
    const Folder folder, other;
    converted(roads(other), path_in(folder, "roads.gml"), {"-f", "GML", "-dsco", "FORMAT=GML3.2"});
    std::filesystem::remove(path_in(folder, "roads.xsd"));
    const FeatureSet set = read_in({.paths = {path_in(folder, "roads.gml")}, .where = "lanes = 2"});
    REQUIRE(set.features.size() == 1);
    CHECK(set.features[0].shape.points[0] == rasters::Point{2, 1});
    CHECK(names(folder) == std::vector<std::string>{"roads.gml"});
}

TEST_CASE("a GeoPackage in WAL mode is read without a trace") {
    const Folder folder;
    converted(roads(folder), path_in(folder, "odd name #1?.gpkg"), {"-f", "GPKG"});
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
    const std::string path = write_in(folder, "a.osm", osm);
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
    const std::string gpkg = converted(roads(folder), path_in(folder, "a.gpkg"), {"-f", "GPKG", "-nln", "roads"});
    for (const bool one_pass : {true, false}) {
        const std::string path = one_pass ? write_in(folder, "a.osm", osm) : gpkg;
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
    CHECK(layers::read_features(std::span<const FeatureSource>{}, no_crs, 1, only_files).empty());
}

TEST_CASE("missing, foreign and damaged files are errors, not crashes") {
    const Folder folder;
    holds(said([&] { read_in({.paths = {path_in(folder, "none.gpkg")}}); }), "none.gpkg");
    holds(said([&] { read_in({.paths = {write_in(folder, "a.txt", "hello")}}); }), "a.txt");
    const std::string gpkg = converted(roads(folder), path_in(folder, "cut.gpkg"), {"-f", "GPKG"});
    std::filesystem::resize_file(gpkg, std::filesystem::file_size(gpkg) / 2);
    holds(said([&] { read_in({.paths = {gpkg}}); }), "cut.gpkg");
    const std::string json = roads(folder);
    std::filesystem::resize_file(json, std::filesystem::file_size(json) / 2);
    holds(said([&] { read_in({.paths = {json}}); }), "roads.geojson");
}
