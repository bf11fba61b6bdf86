// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/comparable.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::incomparable;
using engine::Study;

static Study study_with(const std::string& value) {
    Study study;
    study.themes.push_back({.name = "ground"});
    study.themes[0].criteria.push_back({.name = "slope", .theme = "ground"});
    study.themes[0].criteria[0].value.kind = value;
    return study;
}

TEST_CASE("values with anchors of their own can be compared, those of a map can't") {
    CHECK_FALSE(incomparable(study_with("linear")));
    CHECK_FALSE(incomparable(study_with("no such value")));
    CHECK(incomparable(study_with("stretch"))->what ==
          "criterion 'slope': value: stretch follows from the map of each district");
    CHECK(incomparable(study_with("mean-sd large")));
}

TEST_CASE("mean-sd that is given its numbers has anchors of its own") {
    Study study = study_with("mean-sd large");
    layers::Node& body = study.themes[0].criteria[0].value.body;
    body.kind = layers::Node::Kind::map;
    body.entries = {{"mean", layers::scalar("3")}};
    CHECK(incomparable(study));
    body.entries.push_back({"deviation", layers::scalar("1")});
    CHECK_FALSE(incomparable(study));
}

TEST_CASE("weights that follow from the sites can't be compared, of criteria or themes") {
    Study study = study_with("linear");
    study.weights = layers::Choice{"direct", {}, {}};
    CHECK_FALSE(incomparable(study));
    study.weights->kind = "entropy";
    CHECK(incomparable(study)->what == "criteria: weights: entropy follow from the sites of each district");
    study.weights.reset();
    study.themes[0].weights = layers::Choice{"critic", {}, {}};
    CHECK(incomparable(study)->what == "theme 'ground': weights: critic follow from the sites of each district");
}

TEST_CASE("whose weights follow from the sites") {
    Study study = study_with("linear");
    CHECK(weighed_by_sites(study).empty());
    study.weights = layers::Choice{"entropy", {}, {}};
    study.themes[0].weights = layers::Choice{"critic", {}, {}};
    CHECK(weighed_by_sites(study) == std::vector<std::string>{"ground", ""});
}
