// SPDX-License-Identifier: Apache-2.0
#include "engine/trace_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <vector>

using namespace zonerank;
using namespace std::chrono_literals;

TEST_CASE("spans become Chrome's events, in microseconds from the first") {
    const auto start = rasters::TraceClock::now();
    const std::vector<rasters::TraceEvent> events{{"score", 1, start + 5ms, 2ms}, {"hash", 0, start, 1500us}};
    const auto json = nlohmann::json::parse(engine::trace_json(events));
    REQUIRE(json["traceEvents"].size() == 2);
    CHECK(json["traceEvents"][0]["name"] == "score");
    CHECK(json["traceEvents"][0]["ts"] == 5000);
    CHECK(json["traceEvents"][0]["dur"] == 2000);
    CHECK(json["traceEvents"][0]["tid"] == 1);
    CHECK(json["traceEvents"][1]["ts"] == 0);
}

TEST_CASE("a trace replaces an earlier one, and nothing else") {
    const tests::Folder folder;
    CHECK_NOTHROW(engine::check_trace(folder / "new.json"));
    tests::write_file(folder / "old.json", engine::trace_json({}));
    CHECK_NOTHROW(engine::check_trace(folder / "old.json"));
    tests::write_file(folder / "study.yaml", "study: mine");
    CHECK_THROWS_WITH_AS(engine::check_trace(folder / "study.yaml"), doctest::Contains("is there already and no trace"),
                         Error);
    CHECK_THROWS_AS(engine::check_trace(folder.path()), Error);
    CHECK_THROWS_AS(engine::check_trace(folder / "none" / "t.json"), Error);
}

TEST_CASE("nothing ran") {
    CHECK(nlohmann::json::parse(engine::trace_json({}))["traceEvents"].empty());
}
