// SPDX-License-Identifier: Apache-2.0
#include "engine/records/run_difference.hpp"

#include "tests/support/past_run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using Json = nlohmann::ordered_json;

static engine::RunDifference compared(const Json& before, const Json& after) {
    const tests::Folder a, b;
    tests::write_small_run(a.path(), before);
    tests::write_small_run(b.path(), after);
    return engine::difference_of(engine::read_past_run(a / "out"), engine::read_past_run(b / "out"), {});
}

TEST_CASE("run_difference: a run and itself") {
    const auto runs = compared(tests::small_manifest(), tests::small_manifest());
    CHECK(runs.same());
    CHECK(runs.sites_unread.ends_with("out has no ranking.csv"));
    CHECK(runs.map.reason.ends_with("out has no suitability.tif"));
}

TEST_CASE("run_difference: inputs changed, renamed, added, gone") {
    Json before = tests::small_manifest(), after = before;
    const auto file = [](const char* path, const char* text) {
        Json listed = tests::listed(text);
        listed["path"] = path;
        return listed;
    };
    before["inputs"] = {{"roads", {{"files", {file("a", "1"), file("b", "2"), file("c", "3")}}}},
                        {"rail", {{"files", {file("r", "4")}}}}};
    after["inputs"] = {{"roads", {{"files", {file("a", "other"), file("d", "2")}}}},
                       {"ports", {{"files", {file("p", "5")}}}}};
    std::vector<std::string> told;
    for (const auto& change : compared(before, after).inputs)
        told.push_back(change.layer + " " + change.path + " " + change.what);
    CHECK(told == std::vector<std::string>{"roads a content changed", "roads b renamed to d", "roads c gone",
                                           "rail r gone", "ports p added"});
}

TEST_CASE("run_difference: what earlier manifests don't list was read all the same") {
    Json before = tests::small_manifest(), after = before;
    Json table = tests::listed("a table");
    table["path"] = "board.csv";
    const Json address{{"source", "/vsicurl/http://h/a.tif"}, {"bytes", 3}, {"modified", 7}, {"tag", ""}};
    after["inputs"]["(judgements)"]["files"] = {table};
    after["inputs"]["roads"]["files"].push_back(address);
    CHECK(compared(before, after).inputs.size() == 2);
    CHECK(compared(after, before).inputs.size() == 2);
    before["expanded"] = after["expanded"] = "a: {csv: board.csv}\nb: /vsicurl/http://h/a.tif\n";
    CHECK(compared(before, after).inputs.empty());
    CHECK(compared(after, before).inputs.empty());
    before = after;
    after["inputs"]["(judgements)"]["files"][0]["sha256"] = tests::listed("another")["sha256"];
    after["inputs"]["roads"]["files"][1]["modified"] = 8;
    std::vector<std::string> told;
    for (const auto& change : compared(before, after).inputs)
        told.push_back(change.layer + " " + change.what);
    CHECK(told == std::vector<std::string>{"roads content changed", "(judgements) content changed"});
}

TEST_CASE("run_difference: weights, methods, ground") {
    Json before = tests::small_manifest(), after = before;
    after["version"] = "0.2.0";
    after["decision"]["aggregation"] = "minimum";
    after["decision"]["criteria"] = {{"power", {{"weight", 0.5}}}, {"rail", {{"weight", 0.5}}}};
    after["cells"]["states"]["valid"]["cells"] = 9;
    const auto runs = compared(before, after);
    CHECK_FALSE(runs.same());
    REQUIRE(runs.weights.size() == 3);
    CHECK(runs.weights[0].change() == doctest::Approx(-0.1));
    CHECK_FALSE(runs.weights[1].after);
    CHECK_FALSE(runs.weights[2].before);
    REQUIRE(runs.methods.size() == 2);
    CHECK(runs.methods[0].what == "program's version");
    CHECK(runs.methods[1].what == "aggregation of the themes");
    CHECK(runs.methods[1].after == "minimum");
    CHECK(runs.states[0].after->cells == 9);
}

TEST_CASE("run_difference: rankings with the mover under its criterion's name") {
    Json manifest = tests::small_manifest();
    const tests::Folder a, b;
    for (const auto& [folder, text] : {std::pair{&a, "rank,id,name,score,local_roads_part\n1,s,Hill,0.5,0.2\n"},
                                       std::pair{&b, "rank,id,name,score,local_roads_part\n1,s,Hill,0.6,0.3\n"}}) {
        manifest["outputs"]["ranking.csv"] = tests::listed(text);
        tests::write_small_run(folder->path(), manifest);
        tests::write_file(*folder / "out" / "ranking.csv", text);
    }
    const auto runs = engine::difference_of(engine::read_past_run(a / "out"), engine::read_past_run(b / "out"), {});
    REQUIRE(runs.sites.size() == 1);
    CHECK(runs.sites[0].mover == "local roads");
    CHECK(runs.outputs.size() == 1);
    CHECK_FALSE(runs.same());
}

TEST_CASE("run_difference: a study that can't be read hides nothing else") {
    Json broken = tests::small_manifest();
    broken["expanded"] = "a: [";
    const auto runs = compared(tests::small_manifest(), broken);
    CHECK_FALSE(runs.study_unread.empty());
    CHECK_FALSE(runs.same());
}
