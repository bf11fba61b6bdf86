// SPDX-License-Identifier: Apache-2.0
#include "engine/model/context.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("context_frame: at most half a million pixels, never less than a cell") {
    CHECK(engine::context_frame({.cell = 30, .cols = 700, .rows = 700}).unit == 7.5);
    CHECK(engine::context_frame({.cell = 30, .cols = 708, .rows = 708}).unit == 15);
    const rasters::Grid large{.cell = 30, .cols = 4000, .rows = 4000};
    CHECK(engine::context_frame(large).unit == 45);
    CHECK(engine::context_frame(large).box == large.box());
}

TEST_CASE("the context is what a study was measured from, in its order") {
    const StudyFolder folder;
    folder.features("roads.geojson", {{R"("class": "trunk")", "LineString", {{0, 0}, {90, 0}, {90, 90}}},
                                      {R"("class": "track")", "LineString", {{0, 45}, {45, 45}}},
                                      {R"("class": "path")", "LineString", {{5000, 45}, {6000, 45}}}});
    folder.features("towns.geojson", {{"", "Point", {{40, 50}}}});
    folder.features("unused.geojson", {{"", "Point", {{40, 50}}}});
    const std::string study = square_area(9) + R"(
layers: {unused: unused.geojson, towns: towns.geojson, roads: roads.geojson}
criteria:
  way:
    a: {measure: {distance: {to: roads, where: "class = 'trunk'"}}, value: {linear: {best: 0 m, worst: 1 km}}}
    b: {measure: {distance: {to: roads}}, value: {linear: {best: 0 m, worst: 1 km}}}
    c: {measure: {distance: {to: towns}}, value: {linear: {best: 0 m, worst: 1 km}}}
)";
    const auto p = folder.ready(study);
    const engine::Context& context = p->context;
    CHECK(context.frame == engine::context_frame(p->territory.grid));
    REQUIRE(context.layers.size() == 2);
    CHECK(context.layers[0].name == "towns");
    CHECK(context.layers[0].sketch.points == layers::SketchPath{{16, 16}});
    CHECK(context.layers[1].name == "roads");
    // The trunk road once, though it was read twice.
    CHECK(context.layers[1].sketch.lines ==
          std::vector<layers::SketchPath>{{{0, 36}, {36, 36}, {36, 0}}, {{0, 18}, {18, 18}}});
    CHECK(folder.ready(study + "outputs: {report: false}\n")->context.layers.empty());
}
