// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/ogr.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <ogr_feature.h>

#include <string>

using namespace zonerank;
using layers::VectorLayer;
using tests::Folder;

TEST_CASE("names are short and UTF-8") {
    CHECK(layers::short_name("/data/pakistan/roads.gpkg") == "roads.gpkg");
    CHECK(layers::short_name("roads.gpkg") == "roads.gpkg");
    CHECK(layers::short_name("/data/shapes/") == "/data/shapes/");
    CHECK(layers::as_utf8("Köln") == "Köln");
    CHECK(layers::as_utf8("K\xf6ln") == "Köln");
    CHECK(layers::as_utf8("").empty());
}

TEST_CASE("a layer tells its name, fields and features") {
    const Folder folder;
    tests::write_file(folder / "towns.csv", "name,people,lon,lat\nMirpur,96000,73.7,33.1\nDina,1,73.6,33.0\n");
    const VectorLayer layer(folder / "towns.csv", "", {});
    CHECK(layer.name() == "towns");
    CHECK(layer.layers() == std::vector<std::string>{"towns"});
    CHECK(layer.fields() == std::vector<std::string>{"name", "people", "lon", "lat"});
    CHECK_FALSE(layer.crs().known());
    CHECK_FALSE(layer.interleaved());
    std::string names;
    for (int pass = 0; pass < 2; ++pass)
        layer.each([&](OGRFeature& feature) { names += feature.GetFieldAsString(0); });
    CHECK(names == "MirpurDinaMirpurDina");
}

TEST_CASE("a CRS loses its heights, and a CRS that says nothing is none") {
    const Folder folder;
    const auto crs_of = [&](const std::string& name) {
        tests::write_file(
            folder / "a.geojson",
            R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":")" + name +
                R"("}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]})");
        return VectorLayer(folder / "a.geojson", "", {}).crs();
    };
    CHECK(crs_of("urn:ogc:def:crs:EPSG::32643").authority == "EPSG:32643");
    CHECK(crs_of("urn:ogc:def:crs:OGC:1.3:CRS84").geographic);
    CHECK(crs_of("urn:ogc:def:crs:EPSG::4979").authority == "EPSG:4326"); // WGS 84 with heights
    CHECK(crs_of("urn:ogc:def:crs:EPSG::9518").geographic);               // WGS 84 + EGM2008 height
}

TEST_CASE("an OpenStreetMap file is read in one pass") {
    const Folder folder;
    tests::write_file(folder / "a.osm", R"(<?xml version="1.0"?><osm version="0.6"><node id="1" lat="33.0" lon="73.0">)"
                                        R"(<tag k="place" v="town"/></node></osm>)");
    const VectorLayer layer(folder / "a.osm", "points", {});
    CHECK(layer.interleaved());
    int count = 0;
    layer.each([&](OGRFeature&) { ++count; });
    CHECK(count == 1);
}

TEST_CASE("a file that isn't there, or isn't a vector file") {
    const Folder folder;
    CHECK_THROWS_AS(VectorLayer(folder / "none.gpkg", "", {}), Error);
    tests::write_file(folder / "text.txt", "hello");
    CHECK_THROWS_AS(VectorLayer(folder / "text.txt", "", {}), Error);
}
