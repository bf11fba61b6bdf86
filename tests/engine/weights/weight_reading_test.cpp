// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/weight_reading.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::DirectWeight;

static const std::vector<std::string> members{"power", "rail"};

TEST_CASE("reading weights: a member's place, or the nearest name") {
    CHECK(engine::member_called("rail", members) == 1);
    CHECK_THROWS_WITH_AS(engine::member_called("rial", members), "unknown name 'rial'; did you mean 'rail'?", Error);
}

TEST_CASE("reading weights: a bare value") {
    CHECK(engine::scalar_of(tests::yaml("rail"), "a name") == "rail");
    CHECK_THROWS_WITH_AS(engine::scalar_of(tests::yaml("[rail]"), "a name"), "expected a name, found a list", Error);
}

TEST_CASE("reading weights: in the members' order") {
    const auto weights = engine::weights_by_name(tests::yaml("{rail: 20 %, power: 1/2 %}"), members);
    CHECK(weights[0].value == 0.5);
    CHECK(weights[1].percent);
    CHECK_THROWS_WITH_AS(engine::weights_by_name(tests::yaml("{rail: 2}"), members),
                         "'power' has no weight (0 leaves it out)", Error);
}

TEST_CASE("reading weights: percentages among plain numbers are refused, but for 0") {
    CHECK(engine::all_percent(std::vector<DirectWeight>{{30, true}, {0, false}}));
    CHECK_FALSE(engine::all_percent(std::vector<DirectWeight>{{30, false}}));
    CHECK_THROWS_AS(engine::all_percent(std::vector<DirectWeight>{{30, true}, {0.7, false}}), Error);
    CHECK(engine::share_of({25, true}) == 0.25);
    CHECK(engine::share_of({0.25, false}) == 0.25);
}

TEST_CASE("reading weights: keys that nobody knows") {
    engine::refuse_other_keys(tests::yaml("{power: 1}"), members);
    CHECK_THROWS_WITH_AS(engine::refuse_other_keys(tests::yaml("{pwer: 1}"), members),
                         "unknown key 'pwer'; did you mean 'power'?", Error);
}
