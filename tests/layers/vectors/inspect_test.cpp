// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/inspect.hpp"

#include "tests/support/files.hpp"
#include "tests/support/vector_files.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::FeatureSource;
using layers::inspect;
using namespace zonerank::tests;

static std::string two_roads(const Folder& folder) {
    return write_in(folder, "roads.geojson",
                    collection(feature(R"("class":"motorway","lanes":4,"toll":1.5)", point(1, 1)) + "," +
                               feature(R"("class":"track","lanes":1,"toll":0)", point(4, 1))));
}

TEST_CASE("the extent of files in several CRSs is told in the first one's") {
    const Folder folder;
    const std::string there = write_in(folder, "a.geojson", collection(feature("", point(73, 33))));
    const std::string utm = write_in(
        folder, "b.geojson",
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32643"}},)"
        R"("features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[500000,3650000]}}]})");
    const rasters::Box box = inspect({.paths = {there, utm}}, only_files).extent;
    CHECK(box.xmin == 73);
    CHECK(box.xmax == doctest::Approx(75).epsilon(1e-9));
    CHECK(box.ymin == doctest::Approx(32.99).epsilon(1e-3));
}

TEST_CASE("inspecting tells fields, extent, CRS and kinds of geometry") {
    const Folder folder;
    const layers::FeatureInfo info = inspect({.paths = {two_roads(folder)}}, only_files);
    CHECK(info.layer == "roads");
    CHECK(info.fields == std::vector<std::string>{"class", "lanes", "toll"});
    CHECK(info.extent == rasters::Box{1, 1, 4, 1});
    CHECK(info.count == 2);
    CHECK(info.crs.authority == "EPSG:4326");
    CHECK(info.geometries == layers::Geometries{.points = true});

    FeatureSource mixed = csv(folder, {"POINT (0 0)", "LINESTRING (0 0, 1 1)", "POLYGON ((0 0, 1 0, 1 1, 0 0))"});
    CHECK(inspect(mixed, only_files).geometries == layers::Geometries{true, true, true});
    mixed.where = "id = 1";
    CHECK(inspect(mixed, only_files).geometries == layers::Geometries{.lines = true});
    const std::string shp = tests::converted(csv(folder, {"POLYGON ((0 0, 1 0, 1 1, 0 0))"}).paths[0], folder / "p.shp",
                                             {"-a_srs", "EPSG:32643"});
    CHECK(inspect({.paths = {shp}}, only_files).geometries == layers::Geometries{.polygons = true});
}

TEST_CASE("files are told apart by what GDAL sees in them") {
    const Folder folder;
    const std::vector<float> values(4, 1);
    const std::string tif = write_raster(folder / "a.tif", {.cols = 2, .rows = 2}, values);
    CHECK(layers::has_raster(tif, only_files));
    CHECK_FALSE(layers::has_features(tif, only_files));
    CHECK(layers::has_features(two_roads(folder), only_files));
    CHECK_FALSE(layers::has_raster(two_roads(folder), only_files));
    CHECK_FALSE(layers::has_features(folder / "none", only_files));
}
