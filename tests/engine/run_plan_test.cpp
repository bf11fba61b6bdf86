// SPDX-License-Identifier: Apache-2.0
#include "engine/run_plan.hpp"

#include "engine/plan/planning.hpp"
#include "engine/run.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank;
using engine::RunPlan;
namespace fs = std::filesystem;

TEST_CASE("RunPlan: a map of one block is not worth it, unless something is there or asked for") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const fs::path results = folder.path("out");
    engine::RunOptions options;
    CHECK_FALSE(RunPlan(*p, options, results).is_wanted());
    options.finish = true;
    CHECK(RunPlan(*p, options, results).is_wanted());
    options.finish = false;
    options.block = 8;
    CHECK(RunPlan(*p, options, results).is_wanted());
    options.sites_only = true;
    CHECK_FALSE(RunPlan(*p, options, results).is_wanted());
    engine::PlanFolder(folder.path("out.plan")).replace_plan({.version = "0", .study = "study.yaml"});
    CHECK(RunPlan(*p, options, results).is_wanted());
}

TEST_CASE("RunPlan: an empty one leaves nothing, one that is begun stays until it is closed") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::RunOptions options{.block = 512};
    const auto open = [&](RunPlan& plan, engine::FileHashes& hashes) {
        plan.open(hashes, [] {});
        REQUIRE(plan.kept());
        REQUIRE(plan.kept()->plan.units.size() == 1);
    };
    {
        RunPlan plan(*p, options, folder.path("out"));
        engine::FileHashes hashes;
        open(plan, hashes);
        CHECK(fs::exists(folder.path("out.plan/plan.json")));
    }
    CHECK_FALSE(fs::exists(folder.path("out.plan")));
    {
        RunPlan plan(*p, options, folder.path("out"));
        engine::FileHashes hashes;
        open(plan, hashes);
        plan.kept()->keep(plan.kept()->plan.units[0], [](const fs::path& path) { tests::write_file(path, "part"); });
    }
    {
        RunPlan plan(*p, options, folder.path("out"));
        engine::FileHashes hashes;
        open(plan, hashes);
        CHECK(plan.kept()->done() == 1);
        CHECK(rasters::kept_words().starts_with("1 of 1 units are kept in "));
        CHECK(plan.close());
        CHECK(plan.kept() == nullptr);
        CHECK(rasters::kept_words().empty());
    }
    CHECK_FALSE(fs::exists(folder.path("out.plan")));
}

TEST_CASE("RunPlan: what another has planned or begun stays") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::RunOptions options{.block = 512};
    const engine::PlanFolder home(folder.path("out.plan"));
    engine::FileHashes hashes;
    SUBCASE("a plan of which nothing is done") {
        home.replace_plan(engine::make_plan(*p, {.folder = home.path(), .block = 512}, hashes));
        RunPlan(*p, options, folder.path("out")).open(hashes, [] {});
        CHECK(home.exists());
    }
    SUBCASE("regions of which all are due again") {
        RunPlan plan(*p, options, folder.path("out"));
        plan.open(hashes, [] {});
        fs::create_directories(home.units() / "solve-01-0123456789ab");
    }
    SUBCASE("a plan that fails leaves another's folder") {
        fs::create_directories(home.path());
        tests::write_file(home.path() / "mine.txt", "mine");
        RunPlan plan(*p, options, folder.path("out"));
        CHECK_THROWS_WITH_AS(plan.open(hashes, [] {}), doctest::Contains("mine.txt"), Error);
    }
    CHECK(fs::exists(home.path()));
}

TEST_CASE("RunPlan: results are put together though a unit is at work that nobody waits for") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::PlanFolder home(folder.path("out.plan"));
    engine::FileHashes hashes;
    const engine::Plan plan = engine::make_plan(*p, {.folder = home.path(), .block = 512}, hashes);
    home.replace_plan(plan);
    home.keep(plan.units[0], [](const fs::path& path) { tests::write_file(path, "part"); });
    auto straggler = home.lock(false);
    const engine::RunOptions options{.block = 512, .finish = true};
    RunPlan finish(*p, options, folder.path("out"));
    CHECK_NOTHROW(finish.open(hashes, [] {}));
    CHECK_FALSE(finish.close());
    CHECK(fs::exists(home.path()));
    CHECK(home.leave(std::move(straggler)));
    CHECK_FALSE(fs::exists(home.path()));
}

TEST_CASE("RunPlan: what must not be kept is not") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::RunOptions options{.block = 512};
    RunPlan plan(*p, options, folder.path("out"));
    engine::FileHashes hashes;
    plan.open(hashes, [] { throw Error("an input has changed"); });
    const engine::KeptUnits& kept = *plan.kept();
    CHECK_THROWS_AS(kept.keep(kept.plan.units[0], [](const fs::path& path) { tests::write_file(path, "part"); }),
                    Error);
    CHECK(kept.done() == 0);
}
