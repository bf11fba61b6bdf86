// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/survey.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/vector_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using layers::LayerSurvey;
using layers::survey;
using layers::ValueCount;
using namespace zonerank::tests;

static std::string towns(const Folder& folder) {
    return write_in(folder, "towns.geojson", R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"kind": "town", "pop": 12, "share": 0.5}, "geometry": {"type": "Point", "coordinates": [73, 33]}},
        {"type": "Feature", "properties": {"kind": "city", "pop": 7, "share": null}, "geometry": {"type": "Point", "coordinates": [74, 34]}},
        {"type": "Feature", "properties": {"kind": "town", "pop": 7, "share": 0.25}, "geometry": {"type": "Point", "coordinates": [75, 35]}}]})");
}

TEST_CASE("values are counted, numbers have their range") {
    const Folder folder;
    const LayerSurvey layer = survey(towns(folder), only_files, 100).front();
    CHECK(layer.count == 3);
    CHECK(layer.looked_at == 3);
    CHECK(layer.geometries == layers::Geometries{.points = true});
    CHECK(layer.extent == rasters::Box{73, 33, 75, 35});
    REQUIRE(layer.fields.size() == 3);
    CHECK(layer.fields[0].values == std::vector<ValueCount>{{"town", 2}, {"city", 1}});
    CHECK_FALSE(layer.fields[0].numbers);
    CHECK(layer.fields[1].numbers);
    CHECK(layer.fields[1].least == 7);
    CHECK(layer.fields[1].most == 12);
    CHECK(layer.fields[1].filled == 3);
    CHECK(layer.fields[2].filled == 2);
    CHECK(layer.fields[2].most == 0.5);
    CHECK(layer.fields[2].values.empty());
}

TEST_CASE("no more features are looked at than asked for; all are counted") {
    const Folder folder;
    const LayerSurvey layer = survey(towns(folder), only_files, 1).front();
    CHECK(layer.count == 3);
    CHECK(layer.looked_at == 1);
    CHECK(layer.fields[0].filled == 1);
}

TEST_CASE("all layers of a file, with the geometry that is in them") {
    const Folder folder;
    const std::string one =
        tests::converted(towns(folder), folder / "a.gpkg", {"-f", "GPKG", "-nln", "first", "-nlt", "GEOMETRY"});
    tests::converted(towns(folder), one, {"-update", "-nln", "second"});
    const std::vector<LayerSurvey> layers = survey(one, only_files, 100);
    REQUIRE(layers.size() == 2);
    CHECK(layers[0].layer == "first");
    CHECK(layers[0].geometries == layers::Geometries{.points = true});
    CHECK(layers[1].layer == "second");
}

TEST_CASE("tags of OSM count as fields") {
    const Folder folder;
    const std::string file = write_in(folder, "a.osm", R"(<osm version="0.6">
        <node id="1" lon="73" lat="33"><tag k="power" v="substation"/><tag k="name" v="A"/></node>
        <node id="2" lon="74" lat="34"><tag k="power" v="plant"/></node></osm>)");
    for (const LayerSurvey& layer : survey(file, only_files, 1)) {
        if (layer.layer != "points")
            continue;
        CHECK(layer.count == 2);
        CHECK(layer.extent == rasters::Box{73, 33, 74, 34});
        const auto power = std::ranges::find(layer.fields, "power", &layers::FieldSurvey::name);
        REQUIRE(power != layer.fields.end());
        CHECK(power->tag);
        CHECK(power->values == std::vector<ValueCount>{{"plant", 1}, {"substation", 1}});
        return;
    }
    FAIL("no layer of points");
}

TEST_CASE("tags in a text") {
    using Tags = std::vector<std::pair<std::string, std::string>>;
    CHECK(layers::tags_in(R"("a"=>"b","c"=>"d e")") == Tags{{"a", "b"}, {"c", "d e"}});
    CHECK(layers::tags_in(R"("a"=>"say \"x\"")") == Tags{{"a", "say \"x\""}});
    CHECK(layers::tags_in(R"("a"=>"b","c)") == Tags{{"a", "b"}});
    CHECK(layers::tags_in("").empty());
    CHECK(layers::tags_in("a=>b").empty());
}

TEST_CASE("what is no vector file says so") {
    const Folder folder;
    CHECK_THROWS_AS(survey(write_in(folder, "a.geojson", "{"), only_files, 1), Error);
    CHECK_THROWS_AS(survey(folder / "none.geojson", only_files, 1), Error);
}
