// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/study_options.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

using namespace zonerank;
using engine::StudyOptions;

static StudyOptions read(std::vector<std::string> words) {
    StudyOptions options;
    CLI::App app;
    engine::add_study_options(app, options);
    engine::add_tile_option(app, options);
    engine::add_measuring_options(app, options);
    engine::add_json_option(app, options.json, "nothing");
    std::ranges::reverse(words); // as CLI11 takes them
    app.parse(words);
    return options;
}

TEST_CASE("options are read, and the rest is as it is by default") {
    const StudyOptions some = read({"a.yaml", "-t", "3", "--allow-driver", "A", "--allow-driver", "B", "--json"});
    CHECK(some.study == "a.yaml");
    CHECK(some.threads == 3);
    CHECK(some.tile == 512);
    CHECK(some.access().drivers == std::vector<std::string>{"A", "B"});
    CHECK(!some.access().network);
    CHECK(some.json);
    CHECK(!some.quiet);
    CHECK(read({"a.yaml", "--tile", "64", "-q"}).tile == 64);
    CHECK_THROWS_AS(read({}), CLI::RequiredError);
    CHECK_THROWS_AS(read({"a.yaml", "--tile", "1"}), CLI::ValidationError);
    CHECK_THROWS_AS(read({"a.yaml", "--threads", "0"}), CLI::ValidationError);
}

TEST_CASE("a trace is written whether the work ends well or not") {
    const tests::Folder folder;
    StudyOptions options;
    options.trace = folder / "t.json";
    CHECK(engine::traced(options, [] { return 7; }) == 7);
    CHECK(tests::read_file(options.trace).find("traceEvents") != std::string::npos);
    std::filesystem::remove(options.trace);
    CHECK_THROWS_WITH_AS(engine::traced(options, []() -> int { throw Error("no"); }), "no", Error);
    CHECK(std::filesystem::exists(options.trace));
    options.trace = folder / "nowhere/t.json";
    CHECK_THROWS_AS(engine::traced(options, [] { return 0; }), Error);
}
