// SPDX-License-Identifier: Apache-2.0
#include "engine/unit_work.hpp"

#include "engine/plan/planning.hpp"
#include "rasters/core/error.hpp"
#include "rasters/solved/block_file.hpp"
#include "tests/support/files.hpp"
#include "tests/support/travelling.hpp"

#include <doctest/doctest.h>

#include <cstring>

using namespace zonerank;

TEST_CASE("units are done stage by stage, told once each, and not again") {
    const tests::StudyFolder folder;
    const std::string study = tests::travelling_study(folder);
    const engine::PlanFolder home(folder.path("out.plan"));
    std::vector<std::string> told;
    const engine::UnitOptions options{.threads = 1, .told = [&](const engine::PlannedUnit& unit, bool was_done) {
                                          told.push_back(unit.id + (was_done ? " kept" : ""));
                                      }};
    const auto p = folder.ready(study);
    engine::FileHashes hashes;
    const engine::Plan plan = engine::make_plan(*p, {.folder = home.path(), .block = 512}, hashes);
    home.replace_plan(plan);
    REQUIRE(engine::due_units(plan, home).size() == 2);
    CHECK(engine::due_units(plan, home)[0].id == "solve-01");
    CHECK_THROWS_WITH_AS(engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, options, false),
                         doctest::Contains("unit 'solve-01' is not done yet"), Error);
    engine::do_units(*folder.ready(study), home, plan, {"solve-02", "solve-01"}, options, false);
    REQUIRE(engine::due_units(plan, home).size() == 1);
    CHECK(engine::due_units(plan, home)[0].id == "score-0001");
    std::string part = tests::read_file(home.part(plan.units[0])), damaged = part;
    damaged[damaged.size() / 2] ^= 1;
    tests::write_file(home.part(plan.units[0]), damaged);
    CHECK_THROWS_WITH_AS(engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, options, false),
                         (home.part(plan.units[0]).string() + ": damaged; unit 'solve-01' is due again").c_str(),
                         Error);
    REQUIRE(engine::due_units(plan, home).size() == 1);
    CHECK(engine::due_units(plan, home)[0].id == "solve-01");
    engine::do_units(*folder.ready(study), home, plan, {"solve-01"}, {}, false);
    CHECK(tests::read_file(home.part(plan.units[0])) == part);
    engine::do_units(*folder.ready(study), home, plan, {"score-0001", "solve-01"}, options, false);
    CHECK(engine::due_units(plan, home).empty());
    std::ranges::sort(told);
    CHECK(told == std::vector<std::string>{"score-0001", "solve-01", "solve-01 kept", "solve-02"});
    CHECK_THROWS_WITH_AS(engine::do_units(*p, home, plan, {"score-0003"}, options, false),
                         "unknown unit 'score-0003'; did you mean 'score-0001'?", Error);
}

/// Changes a byte of a file.
static void damage(const std::filesystem::path& file, std::size_t at) {
    std::string bytes = tests::read_file(file);
    bytes[at] ^= 1;
    tests::write_file(file, bytes);
}

/// Where a block of a file of solved blocks begins.
static std::uint64_t place_of_block(const std::filesystem::path& file, std::size_t block) {
    const std::string bytes = tests::read_file(file);
    std::uint64_t directory = 0, place = 0;
    std::memcpy(&directory, &bytes[8], sizeof(directory));
    std::memcpy(&place, &bytes[directory + block * sizeof(rasters::StoredBlock) + 8], sizeof(place));
    return place;
}

TEST_CASE("of a field a unit reads the blocks that it needs, and finds the damage in those") {
    const tests::StudyFolder folder;
    std::string study = tests::travelling_study(folder);
    const std::string coarse = "  cell: 30 m\n", near = "  near: {cell: 10 m, within: 60 m}\n";
    study.replace(study.find(coarse), coarse.size(), "  cell: 1 m\n"); // 3 x 3 blocks, the map in two of them
    study.erase(study.find(near), near.size());
    const engine::PlanFolder home(folder.path("out.plan"));
    engine::FileHashes hashes;
    const engine::Plan plan = engine::make_plan(*folder.ready(study), {.folder = home.path()}, hashes);
    home.replace_plan(plan);
    engine::do_units(*folder.ready(study), home, plan, {"solve-01", "solve-02"}, {}, false);
    const std::filesystem::path field = home.part(plan.units[0]);
    damage(field, place_of_block(field, 8) + 10); // far off
    CHECK_NOTHROW(engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, {}, false));
    CHECK(home.is_done(plan.units[0])); // who puts the run together looks at all of it
    CHECK_FALSE(home.is_whole(plan.units[0]));
    home.drop(plan.units.back());
    damage(field, place_of_block(field, 4) + 10);
    CHECK_THROWS_WITH_AS(engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, {}, false),
                         doctest::Contains("damaged; unit 'solve-01' is due again"), Error);
    CHECK_FALSE(home.is_done(plan.units[0]));
}

TEST_CASE("a unit of another study than was planned is refused") {
    const tests::StudyFolder folder;
    const std::string study = tests::small_study(folder);
    const engine::PlanFolder home(folder.path("out.plan"));
    engine::FileHashes hashes;
    const engine::Plan plan = engine::make_plan(*folder.ready(study), {.folder = home.path()}, hashes);
    home.replace_plan(plan);
    folder.features("lake.geojson", {tests::rectangle(60, 0, 50, 50)});
    CHECK_THROWS_WITH_AS(engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, {}, false),
                         doctest::Contains("have changed since they were planned; plan again"), Error);
}

TEST_CASE("of a plan that another has changed only ids and signatures are believed") {
    const tests::StudyFolder folder;
    const std::string study = tests::small_study(folder);
    const engine::PlanFolder home(folder.path("out.plan"));
    engine::FileHashes hashes;
    engine::Plan plan = engine::make_plan(*folder.ready(study), {.folder = home.path()}, hashes);
    home.replace_plan(plan);
    REQUIRE(plan.units.size() == 1);
    engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, {}, false);
    const std::string part = tests::read_file(home.part(plan.units[0]));
    home.forget();
    home.replace_plan(plan);
    plan.units[0].block = plan.units[0].subject = 99'999'999;
    engine::do_units(*folder.ready(study), home, plan, {"score-0001"}, {}, false);
    CHECK(tests::read_file(home.part(plan.units[0])) == part);
}
