// SPDX-License-Identifier: Apache-2.0
#include "engine/before_scores.hpp"

#include "engine/model/changed.hpp"
#include "engine/plan/planning.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/said.hpp"
#include "tests/support/travelling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

using namespace zonerank;
using engine::Stage;

TEST_CASE("facts and weights are known when their units are done") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    CHECK(engine::add_before(Stage::score, *p, {.key = "key", .tile = 8}).empty());
    bool told = false;
    p->decision.weighing.later = [&](const engine::DecisionMatrix& matrix) {
        told = true;
        return engine::Weighing{engine::Weights::equal(matrix.columns()), "of the sites", "of the sites"};
    };
    const auto last = engine::add_before(Stage::score, *p, {.key = "key", .tile = 8});
    REQUIRE(last.size() == 1);
    CHECK(p->graph.units()[last[0]].name == "weights");
    p->graph.run(2, {}, false);
    CHECK(told);
    CHECK_FALSE(p->decision.awaits_sites());
}

TEST_CASE("a unit solves each field, one after the other, and what is kept is not solved again") {
    const tests::StudyFolder folder;
    const std::string study = tests::travelling_study(folder);
    engine::KeptUnits kept{{}, engine::PlanFolder(folder.path("out.plan"))};
    rasters::Tile first;
    for (const bool again : {false, true}) {
        const auto p = folder.ready(study);
        engine::FileHashes hashes;
        kept.plan = engine::make_plan(*p, {.folder = kept.folder.path(), .block = 512}, hashes);
        kept.only = again;
        kept.folder.replace_plan(kept.plan);
        CHECK(kept.done() == (again ? 2 : 0));
        CHECK(engine::add_before(Stage::solve, *p, {.key = "key", .kept = &kept}).empty());
        CHECK(engine::add_before(Stage::facts, *p, {.key = "key", .kept = &kept}).size() == 1);
        p->graph.run(2, {}, false);
        const rasters::Tile now = p->model->measurement(0, p->model->grid().window());
        if (again)
            CHECK(std::memcmp(now.values().data(), first.values().data(), now.values().size_bytes()) == 0);
        first = now.copy();
    }
    CHECK(kept.done() == 2);
}

TEST_CASE("regions of inputs that have changed meanwhile are not kept, of those that can't be looked at they are") {
    const tests::StudyFolder folder;
    std::string study = tests::travelling_study(folder);
    const std::size_t from = study.find("  cell: 30 m"), to = study.find("  speeds:");
    study.replace(from, to - from,
                  "  cell: 0.15 m\n  area: {box: [499990, 3599990, 500600, 3600330], crs: EPSG:32643}\n");
    engine::KeptUnits kept{{}, engine::PlanFolder(folder.path("out.plan"))};
    const auto input = [&](const std::string& state) {
        if (state == "changed")
            throw engine::Changed("an input has changed");
        if (state == "out of reach")
            throw Error("an input can't be read: Stale file handle");
    };
    for (const std::string state : {"as it was", "out of reach", "changed"}) {
        const auto p = folder.ready(study);
        engine::FileHashes hashes;
        kept.plan = engine::make_plan(*p, {.folder = kept.folder.path(), .regions = true}, hashes);
        std::filesystem::remove_all(kept.folder.units());
        kept.folder.replace_plan(kept.plan);
        kept.check = [&] { input(state); };
        const auto last = std::ranges::find(kept.plan.units, 1, &engine::PlannedUnit::block); // a narrow one
        REQUIRE(last != kept.plan.units.end());
        REQUIRE(last->stage == Stage::regions);
        engine::add_unit_before_scores(*last, *p, {.key = "key", .kept = &kept}, {});
        CHECK(tests::said([&] { p->graph.run(1, {}, false); }) == tests::said([&] { input(state); }));
        CHECK(std::filesystem::exists(kept.folder.regions(*last)) == (state != "changed"));
    }
}
