// SPDX-License-Identifier: Apache-2.0
#include "engine/model/fields.hpp"

#include "tests/support/travelling.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("the grids that are travelled over are told once, the coarsest first") {
    const StudyFolder folder;
    const auto prepared = folder.ready(travelling_study(folder));
    REQUIRE(prepared->problems.ok());
    const std::vector<rasters::Grid> grids = engine::friction_grids(*prepared->model);
    REQUIRE(grids.size() == 2);
    CHECK(grids[0].cell == 30);
    CHECK(grids[1].cell == 10);
    CHECK(prepared->model->fields().size() == 2); // to the port, and to the market
}

TEST_CASE("a study without travel has none") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    CHECK(engine::friction_grids(*prepared->model).empty());
}
