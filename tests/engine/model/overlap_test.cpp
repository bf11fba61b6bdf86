// SPDX-License-Identifier: Apache-2.0
#include "engine/model/overlap.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

/// What is wrong with the small study when parts of it are written otherwise.
static std::string complaints(const std::vector<std::pair<std::string, std::string>>& edits) {
    const StudyFolder folder;
    std::string study = small_study(folder);
    write_raster(folder.path("far.tif"), {.west = west + 9000, .north = south, .cell = 10, .cols = 4, .rows = 4},
                 std::vector<float>(16, 5.0F));
    folder.features("far.geojson", {rectangle(1000, 0, 50, 50, R"("kind": 3)")});
    for (const auto& [from, to] : edits)
        study.replace(study.find(from), from.size(), to);
    const auto prepared = folder.prepared(study);
    std::string all;
    for (const auto& error : prepared->problems.errors())
        all += fmt::format("{}: {}\n", error.mark.line, error.text);
    return all;
}

TEST_CASE("a raster that doesn't reach the area is an error at its line, once") {
    CHECK(complaints({}) == "");
    const std::string told = complaints(
        {{"ramp.tif", "far.tif"},
         {"constraints:\n", "constraints:\n  high: {above: {measure: {sample: {of: ramp}}, limit: 5 m}}\n"}});
    CHECK(told.find("layer 'ramp': it doesn't reach the area: in EPSG:32643 it covers x ") != std::string::npos);
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
}

TEST_CASE("polygons whose field is needed must reach the area; what is counted may be elsewhere") {
    const std::pair<std::string, std::string> far{"{source: ramp.tif, unit: m}", "far.geojson"};
    const std::string sample = "{sample: {of: ramp}}", linear = "{worst: 0 m, best: 100 m}";
    CHECK(complaints({far, {sample, "{attribute: {of: ramp, field: kind}}"}, {linear, "{worst: 0, best: 9}"}})
              .find("doesn't reach the area") != std::string::npos);
    CHECK(complaints({far, {sample, "{distance: {to: ramp}}"}}) == "");
}
