// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/friction_maps.hpp"

#include "engine/model/fields.hpp"
#include "rasters/reader.hpp"
#include "tests/support/travelling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("each friction that is travelled over is a map of its own, in km/h") {
    const StudyFolder folder;
    const auto prepared = folder.ready(travelling_study(folder, "outputs: {friction: true}\n"));
    REQUIRE(prepared->problems.ok());
    const std::vector<rasters::Grid> grids = engine::friction_grids(*prepared->model);
    const engine::RunResult result = run_in(folder, *prepared);
    for (const char* name : {"friction.tif", "friction.qml", "friction.2.tif", "friction.2.qml"})
        CHECK(std::ranges::find(result.outputs, std::string(name)) != result.outputs.end());
    const rasters::RasterReader reader({.paths = {folder.path("out/friction.2.tif")}}, grids[1], {});
    const rasters::Tile speed = reader.read(grids[1].window());
    const auto at = [&](double x, double y) {
        const rasters::Window w = grids[1].cover({x, y, x, y});
        return speed[{w.col, w.row}];
    };
    CHECK(at(500'035, 3'600'065) == doctest::Approx(60));
    CHECK(at(500'035, 3'600'095) == doctest::Approx(5));
    CHECK(std::isnan(at(500'085, 3'600'035)));
}

TEST_CASE("a map of nothing is refused") {
    const StudyFolder folder;
    const auto prepare = [&](const std::string& more) {
        folder.ready(small_study(folder, more + "outputs: {friction: true}\n"));
    };
    CHECK_THROWS_WITH(prepare(""), doctest::Contains("the study has no `friction`"));
    CHECK_THROWS_WITH(prepare("friction: {ground: 4 km/h}\n"), doctest::Contains("no criterion travels over it"));
}
