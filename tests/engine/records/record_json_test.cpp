// SPDX-License-Identifier: Apache-2.0
#include "engine/records/record_json.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;

TEST_CASE("record_json: a verification") {
    engine::Verification found;
    found.files = {{.path = "a.tif", .bytes = 3, .bytes_then = 4, .state = engine::FileState::changed},
                   {.layer = "roads", .path = "r.gpkg", .state = engine::FileState::as_was}};
    const auto json = engine::verification_json({.folder = "out", .version = "0.1.0"}, found);
    CHECK(json["as_was"] == false);
    CHECK(json["study_folder"].is_null());
    CHECK(json["files"][0]["state"] == "changed");
    CHECK(json["files"][0]["layer"].is_null());
    CHECK(json["files"][1]["kind"] == "input");
}

TEST_CASE("record_json: a difference, with null for what is not there") {
    engine::RunDifference runs;
    runs.study = {{"area: source", "", "a.gpkg"}};
    runs.weights = {{"power", 0.5, {}}};
    runs.sites = {{{}, engine::PastSite{"n", "New", 1, 0.5, "", {}}, "", 0}};
    runs.states = {{"valid", engine::PastGround{"valid", 1, NAN}, {}}};
    runs.map.reason = "no map";
    const auto json = engine::difference_json(runs);
    CHECK(json["same"] == false);
    CHECK(json["study"][0]["before"].is_null());
    CHECK(json["weights"][0]["before"] == 0.5);
    CHECK(json["weights"][0]["after"].is_null());
    CHECK(json["sites"][0]["before"].is_null());
    CHECK(json["sites"][0]["after"]["rank"] == 1);
    CHECK(json["sites"][0]["most_by"].is_null());
    CHECK(json["states"]["valid"]["before"]["ha"].is_null());
    CHECK(json["suitability"]["reason"] == "no map");
    CHECK(json.dump().find("nan") == std::string::npos);
}
