// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/begun_plan.hpp"

#include "engine/plan/planning.hpp"
#include "engine/text/version.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::AskedCut;
using engine::cut_of;
using engine::PlanFolder;
using engine::PlannedUnit;
using engine::Stage;

TEST_CASE("a plan that is there stays as it is cut, unless another cut is asked for") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    CHECK(cut_of(folder, {}).block == engine::usual_block);
    CHECK(cut_of(folder, {}).regions);
    CHECK(cut_of(folder, {.block = 512}).block == 512);
    const PlannedUnit scored{.id = "score-0001", .signature = std::string(64, 'a')};
    const PlannedUnit region{
        .id = "regions-01-0001", .stage = Stage::regions, .of = 1, .signature = std::string(64, 'b')};
    engine::Plan plan{.version = std::string(engine::version), .study = "study.yaml", .block = 1024, .regions = true};
    plan.units = {region, scored};
    folder.replace_plan(plan);
    CHECK(cut_of(folder, {}).block == 1024);
    CHECK(cut_of(folder, {.block = 512}).block == 512); // nothing is done yet
    CHECK_FALSE(cut_of(folder, {.regions = false}).regions);

    SUBCASE("once units are done only afresh") {
        folder.keep(scored, [](const std::filesystem::path& path) { tests::write_file(path, "part"); });
        const std::string told = folder.path().string() +
                                 ": 1 of 2 units are kept there of a run with --block 1024 and without --sites-only; "
                                 "give the same, or --fresh to begin anew without them";
        CHECK(tests::said([&] { cut_of(folder, {.block = 512}); }) == told);
        CHECK(tests::said([&] { cut_of(folder, {.sites_only = true}); }) == told);
        CHECK(cut_of(folder, {}).block == 1024);
        CHECK(cut_of(folder, {.block = 1024}).block == 1024);
        CHECK(cut_of(folder, {.block = 512, .fresh = true}).block == 512);
        CHECK(cut_of(folder, {.fresh = true}).block == engine::usual_block);
        CHECK_FALSE(cut_of(folder, {.regions = false}).regions); // none of them is begun
    }
    SUBCASE("regions that are begun are work, too, though all are due again") {
        std::filesystem::create_directories(folder.regions(region));
        CHECK(tests::said([&] { cut_of(folder, {.regions = false}); })
                  .find("0 of 2 units are kept there of a run with "
                        "--block 1024 by regions") != std::string::npos);
        CHECK(cut_of(folder, {}).regions);
        CHECK(cut_of(folder, {.regions = true}).regions);
    }
    SUBCASE("who wants none and has none may have them") {
        plan.regions = false;
        plan.units = {scored};
        folder.replace_plan(plan);
        CHECK_FALSE(cut_of(folder, {}).regions);
        CHECK(cut_of(folder, {.regions = true}).regions);
    }
}
