// SPDX-License-Identifier: Apache-2.0
#include "engine/overlap.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

/// What is wrong with the small study when parts of it are written otherwise.
static std::string complaints(const std::string& layer, const std::string& measure, const std::string& more = "") {
    const StudyFolder folder;
    std::string study = small_study(folder, more);
    write_raster(folder.path("far.tif"), {.west = west + 9000, .north = south, .cell = 10, .cols = 4, .rows = 4},
                 std::vector<float>(16, 5.0F));
    folder.features("far.geojson", {rectangle(1000, 0, 50, 50, R"("kind": 3)")});
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"ramp: {source: ramp.tif, unit: m}", layer},
                                   {"{sample: {of: ramp}}", measure}})
        study.replace(study.find(from), from.size(), to);
    std::string all;
    for (const auto& error : folder.prepared(study)->problems.errors())
        all += fmt::format("{}: {}\n", error.mark.line, error.text);
    return all;
}

TEST_CASE("a raster that doesn't reach the area is an error at its line, once") {
    CHECK(complaints("ramp: {source: ramp.tif, unit: m}", "{sample: {of: ramp}}") == "");
    const std::string told = complaints("ramp: {source: far.tif, unit: m}", "{sample: {of: ramp}}",
                                        "  high: {above: {measure: {sample: {of: ramp}}, limit: 5 m}}\n");
    CHECK(told.find("layer 'ramp': it doesn't reach the area: in EPSG:32643 it covers x ") != std::string::npos);
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
}

TEST_CASE("polygons whose field is needed must reach the area; what is counted may be elsewhere") {
    CHECK(complaints("ramp: far.geojson", "{attribute: {of: ramp, field: kind}}").find("doesn't reach the area") !=
          std::string::npos);
    CHECK(complaints("ramp: far.geojson", "{distance: {to: ramp}}") == "");
}
