// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/feature_source.hpp"

#include "layers/vectors/ogr.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::columns;
using layers::FeatureSource;

TEST_CASE("a field is found by its name, in another case only when none has its own") {
    const std::vector<std::string> known{"Class", "lanes", "class"};
    CHECK(columns({"class", "LANES", "Class"}, known, false) == std::vector<int>{2, 1, 0});
    CHECK(columns({"width", "lanes"}, known, true) == std::vector<int>{-1, 1});
    CHECK_THROWS_WITH_AS(columns({"lane"}, known, false), "unknown field 'lane'; did you mean 'lanes'?", Error);
    CHECK(layers::all_fields({.fields = {"*"}}));
    CHECK(!layers::all_fields({.fields = {"*", "a"}}));
}

TEST_CASE("a file's CRS stands against another, unless that one overrides it") {
    const tests::Folder folder;
    tests::write_file(folder / "a.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
                                            R"({},"geometry":{"type":"Point","coordinates":[1,2]}}]})");
    const layers::VectorLayer layer(folder / "a.geojson", "", {});
    FeatureSource source;
    CHECK(crs_of(layer, source).authority == "EPSG:4326");
    source.crs = rasters::parse_crs("EPSG:32643");
    CHECK_THROWS_WITH_AS(crs_of(layer, source), doctest::Contains("its CRS is EPSG:4326, not EPSG:32643"), Error);
    source.override_crs = true;
    CHECK(crs_of(layer, source).authority == "EPSG:32643");
}
