// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/single_file.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::check_single_file;

TEST_CASE("a file takes the place of none that is read, nor of one unasked") {
    const tests::StudyFolder folder;
    const auto prepared = folder.prepared(tests::small_study(folder));
    check_single_file(*prepared, folder.path("new.tif"), false);
    tests::write_file(folder.path("old.tif"), "x");
    check_single_file(*prepared, folder.path("old.tif"), true);
    CHECK_THROWS_WITH_AS(check_single_file(*prepared, folder.path("old.tif"), false),
                         doctest::Contains("is there already"), Error);
    for (const char* input : {"ramp.tif", "sites.geojson", "study.yaml"})
        CHECK_THROWS_WITH_AS(check_single_file(*prepared, folder.path(input), true),
                             doctest::Contains("the study reads it"), Error);
    CHECK_THROWS_WITH_AS(check_single_file(*prepared, folder.path("none/a.tif"), true),
                         doctest::Contains("there is no such folder"), Error);
    CHECK_THROWS_WITH_AS(check_single_file(*prepared, folder.path("."), true), doctest::Contains("is no file"), Error);
}
