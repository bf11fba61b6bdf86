// SPDX-License-Identifier: Apache-2.0
#include "engine/study/catalogue_use.hpp"

#include "engine/outputs/study_in_words.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;

struct Used {
    engine::CriterionSpec criterion;
    std::string text;
};

static Used use(const std::string& written) {
    layers::Problems problems;
    Used used;
    used.text = engine::flow_text(engine::expand_use(yaml(written), used.criterion, problems));
    CHECK(problems.ok());
    return used;
}

TEST_CASE("an entry with its layer") {
    const Used used = use("{use: grid connection, of: stations, weight: 3}");
    CHECK(used.text == "{label: Grid connection, measure: {distance: {to: stations}}, "
                       "value: {linear: {best: 0 km, worst: 20 km}}, weight: 3}");
    CHECK(used.criterion.catalogue == "grid connection@1");
    CHECK(used.criterion.from_catalogue == std::vector<std::string>{"label", "measure", "value"});
}

TEST_CASE("what stands beside wins: parameters merge, another kind replaces") {
    const Used merged = use("{use: grid connection@1, of: [a, b], value: {linear: {worst: 40 km}}}");
    CHECK(merged.text == "{label: Grid connection, measure: {distance: {to: [a, b]}}, "
                         "value: {linear: {best: 0 km, worst: 40 km}}}");
    CHECK(merged.criterion.from_catalogue == std::vector<std::string>{"label", "measure", "value.linear.best"});
    const Used replaced =
        use("{use: grid connection, of: a, label: Power, value: {step: {at: 3 km, above: 0, below: 1}}}");
    CHECK(replaced.text ==
          "{label: Power, measure: {distance: {to: a}}, value: {step: {at: 3 km, above: 0, below: 1}}}");
    CHECK(replaced.criterion.from_catalogue == std::vector<std::string>{"measure"});
}

TEST_CASE("entries, revisions and layers that are not there") {
    CHECK_THROWS_WITH_AS(use("{use: grid conection, of: a}"), doctest::Contains("did you mean 'grid connection'"),
                         Error);
    CHECK_THROWS_AS(use("{use: grid connection@7, of: a}"), Error);
    CHECK_THROWS_WITH_AS(use("{use: grid connection}"), doctest::Contains("substations"), Error);
    CHECK_THROWS_AS(use("{use: [grid connection], of: a}"), Error);
}
