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

/// The small study with a field of the sites among its criteria, and these sites.
static std::string priced(const tests::StudyFolder& folder, const std::string& sites) {
    std::string text = tests::small_study(folder);
    text.insert(
        text.find("constraints:"),
        "    price: {weight: 4, measure: {site field: {field: price}}, value: {linear: {best: 0, worst: 9}}}\n");
    const std::size_t at = text.find("sites: ");
    return text.replace(at, text.find('\n', at) - at, "sites: " + sites) +
           "compare: {}\nprofiles: {textile: {weights: {direct: {height: 1}}}}\nvalidate: {good: {where: price = 3}}\n";
}

TEST_CASE("where there are no sites nothing is asked of them, and the map is as beside them") {
    const tests::StudyFolder folder;
    const auto map = [&](const std::string& sites) {
        tests::run_in(folder, *folder.ready(priced(folder, sites)));
        return tests::read_file(folder.path("out/suitability.tif"));
    };
    const std::string beside = map("{source: sites.geojson, name: name}");
    CHECK(std::filesystem::exists(folder.path("out/ranking.csv")));
    for (const char* sites : {"none", "{source: sites.geojson, name: name, where: price > 7, optional: true}"}) {
        CHECK_MESSAGE(map(sites) == beside, sites);
        CHECK_FALSE(std::filesystem::exists(folder.path("out/ranking.csv")));
    }
    const std::string manifest = tests::read_file(folder.path("out/manifest.json"));
    CHECK(manifest.find("sites.geojson") != std::string::npos);
    CHECK_THROWS_WITH_AS(map("{source: sites.geojson, where: price > 7}"), doctest::Contains("no feature where price"),
                         Error);
}

TEST_CASE("weights that follow from the sites need some") {
    const tests::StudyFolder folder;
    for (const char* sites : {"none", "{source: sites.geojson, where: price > 7, optional: true}"}) {
        std::string text = priced(folder, sites);
        for (const char* weight : {"      weight: 3\n", "      weight: 1\n", "weight: 4, "})
            text.erase(text.find(weight), std::string(weight).size());
        text.insert(text.find("    height:"), "    weights: standard deviation\n");
        CHECK_THROWS_WITH_AS(folder.ready(text), doctest::Contains("weights: these follow from the sites, and there"),
                             Error);
    }
}
