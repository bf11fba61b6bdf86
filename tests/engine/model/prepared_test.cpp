// SPDX-License-Identifier: Apache-2.0
#include "engine/model/prepared.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("a good study is ready, its layers opened as units") {
    const StudyFolder folder;
    const auto prepared = folder.prepared(small_study(folder));
    REQUIRE(prepared->problems.ok());
    REQUIRE(prepared->model.has_value());
    CHECK(prepared->graph.units().size() == 3); // two criteria, one constraint
    for (const engine::Unit& unit : prepared->graph.units()) {
        CHECK(unit.kind == "prepare");
        CHECK(unit.key.size() == 64);
    }
    CHECK(prepared->territory.candidates.size() == 2);
}

TEST_CASE("mistakes that only open files show come together, at their places") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const auto put = [&](const std::string& from, const std::string& to) {
        study.replace(study.find(from), from.size(), to);
    };
    put("{distance: {to: lake}}", "{distance: {to: lake, where: \"depth > 3\"}}");
    put("lake: {inside: {of: lake}}", "lake: {inside: {of: lake, where: \"nme = 'x'\"}}");
    const auto prepared = folder.prepared(study);
    REQUIRE(prepared->problems.errors().size() == 2);
    for (const auto& problem : prepared->problems.errors())
        CHECK(problem.mark.line > 0);
    CHECK(text_of(prepared->problems).find("depth") != std::string::npos);
    CHECK(text_of(prepared->problems).find("nme") != std::string::npos);
}

TEST_CASE("a study that is no YAML throws with its place") {
    const StudyFolder folder;
    CHECK_THROWS_WITH_AS(folder.prepared("criteria: [1, 2\n"), doctest::Contains("study.yaml:"), Error);
}
