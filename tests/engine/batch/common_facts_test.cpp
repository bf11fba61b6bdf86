// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/common_facts.hpp"

#include "engine/text/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::CommonFacts;
using layers::Node;

static Node parsed(const std::string& yaml) {
    layers::Problems problems;
    return engine::parse_yaml(yaml, "study.yaml", problems);
}

static std::string with(const std::string& value, const engine::Facts& facts, const std::string& unit = "m") {
    return engine::to_yaml(engine::value_with_facts(*parsed("v: " + value).find("v"), {facts, unit}));
}

static bool same(const std::string& yaml, const std::string& expected) {
    return yaml == engine::to_yaml(parsed(expected));
}

TEST_CASE("stretch is linear between the least and the greatest of all") {
    CHECK(same(with("stretch", {2, 10, 5, 1}), "linear: {worst: 2 m, best: 10 m}"));
    CHECK(same(with("{stretch: {falling: true}}", {2, 10, 5, 1}), "linear: {best: 2 m, worst: 10 m}"));
    CHECK(same(with("stretch", {0.125, 10, 5, 1}, ""), "linear: {worst: 0.125, best: 10}"));
    CHECK(same(with("stretch", {4, 4, 4, 0}), "linear: {worst: 3 m, best: 5 m}")); // a half at the only one
}

TEST_CASE("mean-sd is given what it doesn't have") {
    CHECK(same(with("mean-sd large", {0, 9, 3, 2}), "mean-sd large: {mean: 3 m, deviation: 2 m}"));
    CHECK(same(with("{mean-sd small: {means: 2, mean: 1 km}}", {0, 9, 3, 2}),
               "mean-sd small: {means: 2, mean: 1 km, deviation: 2 m}"));
    CHECK(same(with("{linear: {best: 0 m, worst: 1 m}}", {0, 9, 3, 2}), "linear: {best: 0 m, worst: 1 m}"));
}

TEST_CASE("a study is given values and weights where it has others") {
    engine::Study study;
    study.file = "study.yaml";
    study.expanded =
        parsed("criteria:\n  weights: entropy\n  ground:\n    weights: critic\n    slope: {value: stretch}\n"
               "    roads: {value: {linear: {best: 0 m, worst: 1 m}}}\n");
    CommonFacts common;
    CHECK(engine::to_yaml(engine::with_common_facts(study, common)) == engine::to_yaml(study.expanded));
    common.criteria["slope"] = {{0, 30, 5, 1}, "%"};
    common.weights["ground"] = parsed("{fixed: {slope: 0.25, roads: 0.75}}");
    common.weights[""] = parsed("{fixed: {ground: 1}}");
    CHECK(
        same(engine::to_yaml(engine::with_common_facts(study, common)),
             "criteria:\n  weights: {fixed: {ground: 1}}\n  ground:\n    weights: {fixed: {slope: 0.25, roads: 0.75}}\n"
             "    slope: {value: {linear: {worst: 0 %, best: 30 %}}}\n"
             "    roads: {value: {linear: {best: 0 m, worst: 1 m}}}\n"));
}
