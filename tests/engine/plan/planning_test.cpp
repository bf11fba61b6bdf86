// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/planning.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank;
using engine::Plan;

namespace {

Plan planned(const tests::StudyFolder& folder, const std::string& study) {
    const auto p = folder.ready(study);
    engine::FileHashes hashes;
    return engine::make_plan(*p, {.folder = folder.path("out.plan"), .block = 512}, hashes);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a plan has a unit for each block that holds something, and names its inputs") {
    const tests::StudyFolder folder;
    const Plan plan = planned(folder, tests::small_study(folder));
    CHECK(plan.study == "../study.yaml");
    REQUIRE(plan.units.size() == 1);
    CHECK(plan.units[0].id == "score-0001");
    CHECK(plan.units[0].what == "columns 0..11, rows 0..11");
    CHECK(plan.units[0].cells == 144);
    CHECK(plan.units[0].inputs == std::vector<std::string>{"lake.geojson", "ramp.tif", "sites.geojson"});
    REQUIRE(plan.inputs.size() == 3);
    CHECK(plan.inputs[1].bytes == std::filesystem::file_size(folder.path("ramp.tif")));
}

TEST_CASE("blocks that no cell of the area lies in have no unit") {
    const tests::StudyFolder folder;
    std::string study = tests::small_study(folder);
    study.replace(study.find("area: {"), study.find("grid:") - study.find("area: {"), "area: {source: area.geojson}\n");
    const std::vector<tests::MadeFeature> two{tests::rectangle(0, 0, 40, 40, R"("name": "near", "price": 3)"),
                                              tests::rectangle(20'000, 20'000, 40, 40, R"("name": "far", "price": 5)")};
    folder.features("area.geojson", two);
    folder.features("sites.geojson", two);
    const auto p = folder.prepared(study);
    REQUIRE(p->model);
    engine::FileHashes hashes;
    const Plan plan = engine::make_plan(*p, {.folder = folder.path("out.plan"), .block = 512}, hashes);
    CHECK(engine::blocks_of(*p->model, 512).size() == 16);
    REQUIRE(plan.units.size() == 2);
    CHECK(plan.units[0].id == "score-0004");
    CHECK(plan.units[1].id == "score-0013");
}

TEST_CASE("what has not changed has the same signature, what may have has another") {
    const tests::StudyFolder folder;
    const std::string study = with(tests::small_study(folder), "linear: {worst: 0 m, best: 100 m}", "stretch");
    const Plan plan = planned(folder, study);
    REQUIRE(plan.units.size() == 2);
    CHECK(plan.units[0].id == "facts-01-0001");
    const auto signatures = [&](const std::string& text) {
        const Plan other = planned(folder, text);
        REQUIRE(other.units.size() == 2);
        return std::pair{other.units[0].signature == plan.units[0].signature,
                         other.units[1].signature == plan.units[1].signature};
    };
    using Same = std::pair<bool, bool>; // facts, score
    CHECK(signatures(study) == Same{true, true});
    CHECK(signatures(with(study, "study: Small", "study: Another title")) == Same{true, true});
    CHECK(signatures(study + "stability: none\n") == Same{true, true});
    CHECK(signatures(with(study, "weight: 3", "weight: 2")) == Same{true, false});
    CHECK(signatures(with(study, "best: 0 m, worst: 100 m", "best: 0 m, worst: 90 m")) == Same{true, false});
    CHECK(signatures(with(study, "unit: m}", "unit: m, nodata: 5}")) == Same{false, false});
    folder.features("lake.geojson", {tests::rectangle(60, 0, 50, 60)});
    CHECK(signatures(study) == Same{true, false});
    std::vector<float> other(144, 7);
    other[0] = 1;
    folder.raster("ramp.tif", 12, other);
    CHECK(signatures(study) == Same{false, false});
}

TEST_CASE("a plan's word is taken for inputs of the same size and time, and a changed one is told") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    engine::FileHashes hashes;
    Plan plan = engine::make_plan(*p, {.folder = folder.path("out.plan")}, hashes);
    CHECK_NOTHROW(engine::check_unchanged(*p, plan.inputs));
    plan.inputs[0].sha256 = std::string(64, 'f');
    engine::FileHashes trusting;
    engine::trust_planned(*p, plan, trusting);
    CHECK(engine::planned_inputs(*p, trusting)[0].sha256 == plan.inputs[0].sha256);
    plan.inputs[0].modified += 1;
    engine::FileHashes wary;
    engine::trust_planned(*p, plan, wary);
    CHECK(engine::planned_inputs(*p, wary)[0].sha256 != plan.inputs[0].sha256);
    CHECK_THROWS_WITH_AS(engine::check_unchanged(*p, plan.inputs), doctest::Contains("lake.geojson: has changed"),
                         Error);
}
