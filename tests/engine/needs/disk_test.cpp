// SPDX-License-Identifier: Apache-2.0
#include "engine/needs/disk.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("the disk that results need grows with maps, and is checked where they will lie") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const double two = engine::disk_needed(*prepared);
    prepared->study.outputs.criteria = true;
    CHECK(engine::disk_needed(*prepared) > two);
    engine::check_disk(*prepared, folder.path("not/there"));
    prepared->territory.grid.cols = prepared->territory.grid.rows = 30'000'000;
    prepared->territory.grid.cell = 1e-6; // as much of the area as before
    const std::string place = folder.path("not/there");
    CHECK_THROWS_WITH_AS(engine::check_disk(*prepared, place),
                         doctest::Contains((place + ": the disk is too full: ").c_str()), Error);
    CHECK(engine::scratch_needed(*prepared) == 0);
}

TEST_CASE("the disk of sites alone is small, and what is free is told of where a folder will be") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    CHECK(engine::disk_needed(*prepared, true) == 2 * 20'000);
    CHECK(engine::disk_needed(*prepared, false) > engine::disk_needed(*prepared, true));
    const auto free = engine::free_disk(folder.path("not/there")), there = engine::free_disk(folder.path(""));
    REQUIRE(free.has_value());
    CHECK(*free > 0);
    CHECK(*free == doctest::Approx(*there).epsilon(0.1)); // others write, too
}
