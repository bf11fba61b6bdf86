// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/postgis_options.hpp"

#include "engine/plan/plan_folder.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

// What a server makes of it is tested with a real one: tests/app/postgis_test.py.

static PostgisOptions read(std::vector<std::string> words) {
    PostgisOptions options;
    CLI::App app;
    add_postgis_options(app, options);
    std::ranges::reverse(words); // as CLI11 takes them
    app.parse(words);
    return options;
}

TEST_CASE("postgis_options: a table goes with a database, whose password is hidden") {
    CHECK(!postgis_target(read({})));
    CHECK_THROWS_AS(read({"--to-table", "gis.sites"}), CLI::RequiresError);
    const auto target = postgis_target(read({"--to-postgis", "PG:dbname=zones password=hunter2"}));
    REQUIRE(target);
    CHECK(target->database == "PG:dbname=zones password=***");
    CHECK(target->table == "zonerank_sites");
    CHECK(postgis_target(read({"--to-postgis", "PG:", "--to-table", "gis.sites"}))->table == "gis.sites");
    CHECK_THROWS_WITH_AS(postgis_target(read({"--to-postgis", "out.gpkg"})),
                         "--to-postgis: out.gpkg: a database is expected, as in PG:dbname=zones", Error);
    CHECK(table_line("gis.sites", *target, 4) == "4 sites in gis.sites of database 'zones'\n");
}

TEST_CASE("postgis_options: what stands in the way is told before a run") {
    const tests::StudyFolder folder;
    std::string text = tests::small_study(folder);
    const PostgisOptions options{.database = "PG:dbname=zones host=" + folder.path("")};
    CHECK_THROWS_WITH_AS(postgis_target(options, *folder.ready(text)),
                         doctest::Contains("--to-postgis: database 'zones': connection to server"), Error);
    const auto prepared = folder.ready(text);
    prepared->study.sites.reset();
    CHECK_THROWS_WITH_AS(postgis_target(options, *prepared),
                         "--to-postgis writes ranked sites, and the study has no `sites`", Error);
    CHECK(!postgis_target({}, *prepared));
}

TEST_CASE("postgis_options: what failed says what is there, and a run's plan waits for it") {
    const tests::StudyFolder folder;
    const auto prepared = folder.ready(tests::small_study(folder));
    const std::optional<PostgisTarget> target(PostgisTarget{.database = "PG:dbname=zones host=" + folder.path("")});
    CHECK(kept_for(target, {}).keep_plan);
    CHECK(!kept_for({}, {}).keep_plan);
    RunResult result;
    result.folder = folder.path("out");
    CHECK(write_sites(result, *prepared, {}).empty());
    std::filesystem::create_directory(result.folder);
    tests::write_file(folder.path("out/manifest.json"), "{}");
    const std::string told = folder.path("out") + " is complete, but --to-postgis: database 'zones': connection to";
    const std::string kept = folder.path("out.plan") + " is kept: the same command goes on";
    CHECK_THROWS_WITH_AS(write_sites(result, *prepared, target), doctest::Contains(told.c_str()), Error);
    const PlanFolder plan(folder.path("out.plan"));
    plan.lock(true);
    plan.replace_plan({.version = std::string(version), .study = "study.yaml"});
    CHECK_THROWS_WITH_AS(write_sites(result, *prepared, target), doctest::Contains(kept.c_str()), Error);
    CHECK(plan.exists());
}
