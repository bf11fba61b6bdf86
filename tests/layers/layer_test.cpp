// SPDX-License-Identifier: Apache-2.0
#include "layers/layer.hpp"

#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Sources;
using tests::Folder;

namespace {

struct Scene {
    Folder folder;
    Sources sources{{tests::wkt_layer(folder, "roads", "class", {"a,\"LINESTRING (500000 3600000, 500100 3600000)\""}),
                     tests::wkt_layer(folder, "rail", "", {"\"LINESTRING (500000 3600050, 500100 3600050)\""})},
                    {}};

    // What is wrong with a measure; empty when nothing is.
    std::string wrong(const std::string& text, layers::Mark* mark = nullptr) const {
        layers::Problems problems;
        const auto measure =
            layers::read_measure(layers::parse_choice(tests::yaml(text)), sources, "criterion 'power'", problems);
        CHECK(measure.has_value() == problems.ok());
        if (mark != nullptr && !problems.ok())
            *mark = problems.errors().front().mark;
        return tests::text_of(problems);
    }
};

} // namespace

TEST_CASE("a measure is read with its parameters and unit") {
    const Scene scene;
    const layers::Measure measure = tests::measure(scene.sources, "distance: {to: [roads, rail], limit: 20 km}");
    CHECK(measure.kind->name == "distance");
    CHECK(measure.unit.name == "m");
    CHECK(measure.params.number("limit") == 20'000);
    CHECK(layers::layers_of(measure) == std::vector<std::string>{"roads", "rail"});
}

TEST_CASE("what is wrong with a measure is told with the nearest word") {
    const Scene scene;
    CHECK(scene.wrong("distance: {to: roads}").empty());
    CHECK(scene.wrong("distanc: {to: roads}") ==
          "criterion 'power': unknown measure 'distanc'; did you mean 'distance'?");
    CHECK(scene.wrong("distance: {to: raods}") == "criterion 'power': unknown layer 'raods'; did you mean 'roads'?");
    CHECK(scene.wrong("distance: {to: [roads, canals]}") ==
          "criterion 'power': unknown layer 'canals'; there is roads, rail");
    CHECK(scene.wrong("distance: {to: roads, limt: 3 km}") ==
          "criterion 'power': distance: unknown parameter 'limt'; did you mean 'limit'?");
    CHECK(scene.wrong("distance: {to: roads, where: clas = 'a'}") ==
          "criterion 'power': layer 'roads': roads.csv: where: unknown field 'clas'; did you mean 'class'?");
    CHECK(scene.wrong("distance").find("'to' is missing") != std::string::npos);
    CHECK(scene.wrong("distance: {to: roads, limit: 20 min}").find("expected a length") != std::string::npos);
    CHECK(scene.wrong("slope: {of: roads}") == "criterion 'power': layer 'roads' holds lines; slope needs a raster");
}

TEST_CASE("a measure announces what it will ask of its layers") {
    Folder folder;
    tests::write_file(folder / "a.osm", R"(<?xml version="1.0"?><osm version="0.6"><node id="1" lat="33" lon="73">
<tag k="place" v="town"/></node><node id="2" lat="33" lon="74"/><way id="3"><nd ref="1"/><nd ref="2"/>
<tag k="highway" v="trunk"/></way></osm>)");
    layers::LayerSpec towns, roads;
    towns.paths = roads.paths = {folder / "a.osm"};
    towns.name = "towns";
    towns.layer = "points";
    roads.name = "roads";
    roads.layer = "lines";
    Sources sources({towns, roads}, {});
    const layers::Measure near = tests::measure(sources, "distance: {to: towns}");
    const layers::Measure far = tests::measure(sources, "density: {of: roads, radius: 1 km}");
    const rasters::Grid grid = tests::grid_of(1, 1, 100);
    CHECK_NOTHROW(near.layer(sources, grid));
    std::filesystem::remove(folder / "a.osm"); // what the other needs came with that pass
    CHECK_NOTHROW(far.layer(sources, grid));
}

TEST_CASE("several complaints come at once, each at its place") {
    const Scene scene;
    const std::string all = scene.wrong("distance: {too: roads, limit: 20 min}");
    CAPTURE(all);
    CHECK(all.find("did you mean 'to'?") != all.npos);
    CHECK(all.find("limit: expected a length") != all.npos);
    layers::Mark mark;
    scene.wrong("distance:\n  limit: 1 km\n  to: raods", &mark);
    CHECK(mark.line == 3);
    CHECK(mark.column == 7);
}
