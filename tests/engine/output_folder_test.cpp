// SPDX-License-Identifier: Apache-2.0
#include "engine/output_folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("an output folder stays below the study or the working directory") {
    engine::Study study;
    study.folder = "/somewhere/study";
    study.output = "results";
    CHECK(engine::output_folder(study, std::nullopt) == "/somewhere/study/results");
    study.output = "";
    CHECK(engine::output_folder(study, std::nullopt) == "/somewhere/study/out");
    CHECK(engine::output_folder(study, std::nullopt, "-links") == "/somewhere/study/out-links");
    study.output = "results/";
    CHECK(engine::output_folder(study, std::nullopt, "-links") == "/somewhere/study/results-links");
    for (const char* path : {"../results", "/etc", ".", "a/../.."}) {
        study.output = path;
        CAPTURE(path);
        CHECK_THROWS_WITH_AS(engine::output_folder(study, std::nullopt), doctest::Contains("leads out of"), Error);
        CHECK(engine::output_folder(study, "/tmp/elsewhere") == "/tmp/elsewhere");
    }
    study.output = std::string(6000, 'k');
    CHECK_THROWS_WITH_AS(engine::output_folder(study, std::nullopt), doctest::Contains("can't be looked for"), Error);
}
