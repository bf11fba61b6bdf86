// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/plan_options.hpp"

#include "engine/text/version.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("a plan names the study that the options then read") {
    const tests::Folder home;
    engine::PlanOptions options;
    CLI::App app;
    engine::add_plan_argument(app, options);
    app.parse((home / "out.plan").string(), false);
    CHECK_THROWS_WITH_AS(engine::plan_of(options), doctest::Contains("there is no plan.json in it"), Error);
    options.folder().lock(true);
    options.folder().replace_plan({.version = std::string(engine::version), .study = "../studies/a.yaml"});
    CHECK(engine::plan_of(options).block == 4096);
    CHECK(options.study == home / "studies/a.yaml");
}

TEST_CASE("a block is a multiple of 512 cells") {
    std::optional<int> block;
    CLI::App app;
    engine::add_block_option(app, block);
    app.parse("", false);
    CHECK_FALSE(block);
    app.parse("--block 1024", false);
    CHECK(block == 1024);
    for (const char* wrong : {"0", "500", "-512", "66048", "x"})
        CHECK_THROWS_AS(app.parse(std::string("--block ") + wrong, false), CLI::ValidationError);
}
