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

TEST_CASE("of what is not asked for nothing is opened, nor told") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const auto put = [&](const std::string& from, const std::string& to) {
        study.replace(study.find(from), from.size(), to);
    };
    put("lake: lake.geojson", "lake: none.geojson");
    put("weight: 1", "weight: heavy");
    put("sites.geojson", "none.geojson");
    CHECK(folder.prepared(study)->problems.errors().size() == 3);
    const auto map = folder.prepared(study, 1, engine::Asked{"height"});
    CHECK(text_of(map->problems).empty());
    CHECK(map->problems.warnings().empty());
    CHECK(map->graph.units().size() == 1);
    const auto table = folder.prepared(study, 1, engine::Asked{"height", true});
    CHECK(text_of(table->problems).find("there is no file") != std::string::npos);
    CHECK(text_of(folder.prepared(study, 1, engine::Asked{"water"})->problems).find("none.geojson") !=
          std::string::npos);
}

TEST_CASE("what is asked for and is not there is told at its place") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const auto told = [&](const engine::Asked& asked) {
        const auto prepared = folder.prepared(study, 1, asked);
        REQUIRE(prepared->problems.errors().size() == 1);
        const auto& problem = prepared->problems.errors().front();
        return fmt::format("{}: {}", problem.mark.line, problem.text);
    };
    CHECK(told({"heigth"}) == "7: unknown criterion 'heigth'; did you mean 'height'?");
    study.replace(study.find("to: lake"), 8, "to: lkae");
    CHECK(told({"water"}) == "15: criterion 'water': unknown layer 'lkae'; did you mean 'lake'?");
    study.replace(study.find("{distance: {to: lkae}}"), 22, "{site field: {field: price}}");
    study.replace(study.find("best: 0 m, worst: 100 m"), 23, "best: 0, worst: 100");
    CHECK(told({"water"}) ==
          "13: criterion 'water' is a field of the sites and measures no ground; ranking.csv has it");
    study.erase(study.find("sites:"));
    CHECK(told({"height", true}) ==
          "0: there are no sites to take statistics of; add `sites: {source: ...}`, or write a map (.tif)");
}

TEST_CASE("a study that is no YAML throws with its place") {
    const StudyFolder folder;
    CHECK_THROWS_WITH_AS(folder.prepared("criteria: [1, 2\n"), doctest::Contains("study.yaml:"), Error);
}
