// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/explanation.hpp"

#include "tests/support/three_sites.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using tests::says;
using tests::Three;

static std::unique_ptr<engine::Explanation> explained(const Three& three, const std::string& site) {
    auto e = std::make_unique<engine::Explanation>();
    e->ranking = three.ranking;
    e->sheet = three.of(site);
    e->sheet.ranking = &e->ranking;
    e->aggregation = three.p->decision.aggregation_name;
    e->needs_usable = 0.5;
    return e;
}

static const std::string two_constraints = "constraints: {lake: {inside: {of: lake}}, camp: {inside: {of: camp}}}\n";

TEST_CASE("a site in words: place, neighbours, the parts of its score") {
    const std::string text = explanation_text(*explained(Three(), "mid"), 120);
    CHECK(text.starts_with("mid is 2nd of 3 ranked sites, with a score of 0.575 (0 useless, 1 ideal); 0.325 behind "
                           "high; 0.450"));
    CHECK(says(text, "height 5 m 0.50 ████ 75.0 % 0.375 -0.300 0\n"));
    CHECK(says(text, "wet 2 % 0.80 ██████▍ 25.0 % 0.200 -0.025 +0.042\n"));
    CHECK(says(text, "together 100.0 % 0.575 -0.325 +0.042\n"));
}

TEST_CASE("a site without a rank: why, and what alone would give it one") {
    const std::string text = explanation_text(*explained(Three(two_constraints), "low"), 100);
    CHECK(text.starts_with("low has no rank: 16.7 % usable, 50.0 % needed (83.3 % excluded, most by 'lake'). On the "));
    CHECK(says(text, "lake 67 % 50 %\n"));
    CHECK(says(text, "It needs 50 % usable ground; lifting 'lake' would give it that.\n"));
    CHECK(!says(text, "What would move it up"));
}

TEST_CASE("where the score is no sum, parts are what would be lost, and the words say so") {
    const std::string text = explanation_text(*explained(Three("aggregate: weighted product\n"), "mid"), 100);
    CHECK(says(text, "without it"));
    CHECK(says(text, "no sum"));
    CHECK(!says(text, "together"));
}

TEST_CASE("an explanation as JSON, in the units of the study, with null for what can't be") {
    const auto json = nlohmann::json::parse(explanation_json(*explained(Three(), "mid")));
    CHECK(json["rank"] == 2);
    CHECK(json["score"] == doctest::Approx(0.575));
    CHECK(json["criteria"][0]["unit"] == "m");
    CHECK(json["criteria"][0]["part"] == doctest::Approx(0.375));
    CHECK(json["up_one"]["rival"] == "high");
    CHECK(json["up_one"]["one_measurement"]["height"] == doctest::Approx(28.0 / 3));
    CHECK(json["up_one"]["one_measurement"]["wet"].is_null());
    CHECK(json["up_one"]["weights"].is_null());
    CHECK(json["to_top"] == json["up_one"]);
    CHECK(json["stability"].is_null());
    const auto unranked = nlohmann::json::parse(explanation_json(*explained(Three(two_constraints), "low")));
    CHECK(unranked["rank"].is_null());
    CHECK(unranked["would_rank"] == 3);
    CHECK(unranked["ground"]["constraints"][0]["usable_without"] == doctest::Approx(0.5));
}
