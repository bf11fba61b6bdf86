// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/value_words.hpp"

#include "engine/text/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Criterion;
using engine::Plots;

/// A criterion that measures kilometres, or classes, with this value function.
static Criterion criterion(const std::string& kind, const std::string& body, bool classes = false) {
    layers::Problems problems;
    Criterion made{.name = "c", .label = "C"};
    made.unit = layers::base_unit(classes ? layers::Dimension::number : layers::Dimension::length);
    made.value_kind = &layers::find(engine::value_functions(), "value function", kind);
    made.value_params = layers::Params(engine::parse_yaml(body, "test", problems), made.value_kind->parameters,
                                       made.unit, kind, problems);
    made.shown = made.value_params.shown();
    REQUIRE(problems.ok());
    return made;
}

static std::string words(const std::string& kind, const std::string& body, bool classes = false) {
    return engine::value_words(criterion(kind, body, classes));
}

TEST_CASE("what measurements are worth, at those that the study names") {
    CHECK(words("linear", "{best: 0 km, worst: 20 km}") == "0 km is worth 1, 20 km and more is worth 0");
    CHECK(words("linear", "{worst: 2 km, best: 20 km}") == "2 km and less is worth 0, 20 km and more is worth 1");
    CHECK(words("piecewise", "{0 km: 1, 5 km: 0.9, 32 km: 0}") ==
          "0 km is worth 1, 5 km is worth 0.9, 32 km and more is worth 0");
    CHECK(words("logistic", "{midpoint: 10 km, spread: 2 km, falling: true}") ==
          "0 km is worth 0.99, 2 km is worth 0.98, 10 km is worth 0.5, far more comes to 0");
    CHECK(words("categories", "{10: 1, 50..59: 0.2, other: 0}", true) ==
          "10 is worth 1, 50..59 is worth 0.2, other is worth 0");
    CHECK(words("stretch", "{}").starts_with("worth by stretch: "));
    CHECK(words("expression", "{formula: x / 20 km}") == "worth by the expression of the study");
}

TEST_CASE("its curve has the unit on its axis and lines of one width") {
    const std::string curve = engine::value_curve(criterion("linear", "{best: 0 km, worst: 20 km}"), 20, Plots::ascii);
    CHECK(curve == "1 |***                 \n"
                   "  |   ******           \n"
                   "  |         ******     \n"
                   "0 |               *****\n"
                   "   0 km         21.2 km\n");
    const std::string bars = engine::value_curve(criterion("categories", "{1: 1, other: 0.5}", true), 20, Plots::ascii);
    CHECK(bars == "1     1    ############\n"
                  "other 0.5  ######      \n");
    CHECK(engine::value_curve(criterion("stretch", "{}"), 20, Plots::ascii) == "");
    CHECK(engine::value_curve(criterion("linear", "{best: 0 km, worst: 20 km}"), 20, Plots::none) == "");
}
