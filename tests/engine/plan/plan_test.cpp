// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan.hpp"

#include "engine/text/version.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Plan;
using engine::Stage;

namespace {

Plan small_plan() {
    const std::string sum(64, 'a');
    return {.version = std::string(engine::version),
            .study = "../study.yaml",
            .block = 1024,
            .sites_only = true,
            .inputs = {{"data/roads \"new\".gpkg", 12345, 1'700'000'000'123'456'789, sum}},
            .units = {{.id = "solve-01", .stage = Stage::solve, .what = "travel time", .signature = sum, .cells = 9},
                      {.id = "facts-02-0003",
                       .stage = Stage::facts,
                       .subject = 1,
                       .block = 2,
                       .what = "columns 0..5, rows 0..5",
                       .inputs = {"data/roads \"new\".gpkg"},
                       .signature = std::string(64, 'b'),
                       .cells = 36,
                       .cost = 0.25}}};
}

/// What is said of a plan.json with this text.
std::string complaint(const std::string& text) {
    const tests::Folder folder;
    tests::write_file(folder / "plan.json", text);
    try {
        engine::read_plan(folder / "plan.json");
        return "";
    } catch (const Error& e) {
        return std::string(e.what()).substr(folder.path().string().size() + 1);
    }
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a plan is read as it was written") {
    const tests::Folder folder;
    const Plan plan = small_plan();
    tests::write_file(folder / "plan.json", engine::plan_json(plan));
    Plan read = engine::read_plan(folder / "plan.json");
    CHECK(read.study == "../study.yaml");
    CHECK(read.block == 1024);
    CHECK(read.sites_only);
    REQUIRE(read.inputs.size() == 1);
    CHECK(read.inputs[0].modified == 1'700'000'000'123'456'789);
    REQUIRE(read.units.size() == 2);
    CHECK(read.units[1].stage == Stage::facts);
    CHECK(read.units[1].subject == 1);
    CHECK(read.units[1].inputs.empty()); // for other programs
    read.units[1].inputs = plan.units[1].inputs;
    CHECK(engine::plan_json(read) == engine::plan_json(plan));
}

TEST_CASE("a plan tells kinds, stages, inputs and outputs of its units") {
    const std::string text = engine::plan_json(small_plan());
    for (const char* said : {R"("kind": "facts")", R"("stage": 1)", R"("outputs": [
    "units/facts-02-0003-*.part"
   ])"})
        CHECK(text.find(said) != text.npos);
}

TEST_CASE("a plan tells each set of inputs once") {
    Plan plan = small_plan();
    const std::string name(1000, 'x');
    for (int i = 0; i < 100; ++i)
        plan.units.push_back(
            {.id = fmt::format("score-{:04}", i), .inputs = {name}, .signature = std::string(64, 'c')});
    const std::string text = engine::plan_json(plan);
    CHECK(text.find(name) == text.rfind(name));
    CHECK(text.find(R"("inputs": 2)") != text.npos); // after none, and the one of small_plan()
    CHECK(text.find(R"("input_sets": [)") != text.npos);
}

TEST_CASE("a plan that another has changed is refused in one line") {
    const std::string good = engine::plan_json(small_plan());
    CHECK(complaint(good).empty());
    CHECK(complaint("{") == "plan.json: not a plan of zonerank");
    CHECK(complaint(R"({"program": "zonerank"})") == "plan.json: 'version' is not a text");
    CHECK(complaint(with(good, "\"solve-01\"", "\"../solve\"")) == "plan.json: '../solve' is no unit's id");
    CHECK(complaint(with(good, "\"facts\"", "\"fact\"")) == "plan.json: 'kind' is not a kind of unit");
    CHECK(complaint(with(good, std::string(64, 'b'), "b")) == "plan.json: 'signature' has no SHA-256");
    CHECK(complaint(with(good, "\"block\": 1024", "\"block\": -1")) == "plan.json: 'block' is not a whole number");
    for (const char* block : {"0", "256", "1000", "131072", "4611686018427387904"})
        CHECK(complaint(with(good, "\"block\": 1024", fmt::format("\"block\": {}", block))) ==
              "plan.json: 'block' is not a multiple of 512 from 512 to 65536");
    for (const char* key : {"subject", "block", "of"}) {
        const std::string text = good.substr(good.find("\"units\""));
        const std::string from = text.substr(text.find(fmt::format("\"{}\": ", key)), std::string(key).size() + 5);
        CHECK(complaint(good.substr(0, good.find("\"units\"")) +
                        with(text, from, fmt::format("\"{}\": 4611686018427387904", key))) ==
              fmt::format("plan.json: '{}' is not a number of units", key));
    }
    CHECK(complaint(with(good, fmt::format("\"{}\"", engine::version), "\"0.0.1\"")) ==
          fmt::format("plan.json: made by zonerank 0.0.1, this is {}; plan again", engine::version));
}

TEST_CASE("the regions of a field are as many as each says") {
    Plan plan = small_plan();
    for (const std::size_t block : {0, 1})
        plan.units.push_back({.id = fmt::format("regions-01-000{}", block + 1),
                              .stage = Stage::regions,
                              .block = block,
                              .of = 2,
                              .signature = std::string(64, 'c')});
    CHECK(complaint(engine::plan_json(plan)).empty());
    plan.units.back().of = 3;
    CHECK(complaint(engine::plan_json(plan)) == "plan.json: 'regions-01-0002' is no region of its field");
    plan.units.back().of = plan.units.back().block = 2;
    CHECK(complaint(engine::plan_json(plan)) == "plan.json: 'regions-01-0002' is no region of its field");
}

TEST_CASE("plans are told apart by their units") {
    Plan plan = small_plan();
    plan.inputs[0].modified = 0;
    CHECK(engine::has_same_units(small_plan(), plan));
    plan.units[0].signature[0] = 'c';
    CHECK_FALSE(engine::has_same_units(small_plan(), plan));
    plan = small_plan();
    plan.units.pop_back();
    CHECK_FALSE(engine::has_same_units(small_plan(), plan));
}

TEST_CASE("a unit is found by its id, or the nearest is named") {
    const Plan plan = small_plan();
    CHECK(engine::unit_called(plan, "solve-01").what == "travel time");
    CHECK_THROWS_WITH_AS(engine::unit_called(plan, "solve-02"), "unknown unit 'solve-02'; did you mean 'solve-01'?",
                         Error);
}
