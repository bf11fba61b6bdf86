// SPDX-License-Identifier: Apache-2.0
#include "engine/study/one_criterion.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::mentions;
using engine::one_criterion;
using tests::yaml;

TEST_CASE("one criterion is left in its theme, without a weight") {
    const layers::Node all = yaml("weights: {ahp: {a vs b: 3}}\n"
                                  "a: {weights: {ahp: {csv: none.csv}}, power: {weight: 2, use: x}, road: {use: y}}\n"
                                  "b: {label: B, weight: 3, aggregate: {owa: {}}, power: {use: z}}\n");
    const layers::Node one = one_criterion(all, "road");
    REQUIRE(one.entries.size() == 1);
    CHECK(one.entries[0].first == "a");
    REQUIRE(one.entries[0].second.entries.size() == 1);
    CHECK(one.entries[0].second.find("road")->find("use")->text == "y");
    CHECK(one_criterion(all, "power").entries.size() == 2); // a name used twice is told by who reads them
    CHECK(one_criterion(all, "power").entries[0].second.find("power")->find("weight") == nullptr);
}

TEST_CASE("another name gets the nearest, and no words of ours") {
    const layers::Node all = yaml("a: {weights: {ahp: {csv: none.csv}}, power: {use: x}}\n");
    CHECK_THROWS_WITH_AS(one_criterion(all, "powr"), "unknown criterion 'powr'; did you mean 'power'?", Error);
    CHECK_THROWS_WITH_AS(one_criterion(all, "weights"), "unknown criterion 'weights'; there is power", Error);
}

TEST_CASE("a tree mentions what any of its values says") {
    const layers::Node tree = yaml("measure: {distance: {to: [roads, {rail: tracks}], where: \"roads = 1\"}}\n");
    CHECK(mentions(tree, "roads"));
    CHECK(mentions(tree, "tracks"));
    CHECK(!mentions(tree, "rail"));
    CHECK(!mentions(tree, "road"));
}
