// SPDX-License-Identifier: Apache-2.0
#include "engine/study/stability.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

const std::vector<std::string> names{"power", "highway", "slope", "view"};
const std::vector<double> given{0.5, 0.3, 0.2, 0};

std::string complaint(const std::string& text) {
    layers::Problems problems;
    read_stability(tests::yaml(text), problems);
    return problems.ok() ? "none" : problems.errors()[0].text;
}

std::string refusal(const std::string& weights) {
    try {
        weight_space(layers::parse_choice(tests::yaml(weights)), names, given);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

WeightSpace space(const std::string& weights) {
    return weight_space(layers::parse_choice(tests::yaml(weights)), names, given);
}

Uncertainty uncertainty(const std::string& text, const char* unit) {
    return read_uncertainty(layers::parse_choice(tests::yaml(text)), layers::unit_called(unit));
}

std::string uncertain_refusal(const std::string& text, const char* unit) {
    try {
        uncertainty(text, unit);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("stability: a section with nothing in it has defaults, `none` switches it off") {
    layers::Problems problems;
    const StabilitySpec plain = read_stability(tests::yaml("{}"), problems);
    CHECK((plain.wanted && plain.asked && plain.weights.kind == "ordinal" && plain.draws == 10'000 && plain.seed == 1));
    CHECK(!read_stability(tests::yaml("none"), problems).wanted);
    const StabilitySpec full =
        read_stability(tests::yaml("{weights: {intervals: {within: 20 %}}, draws: 500, seed: 7}"), problems);
    CHECK((full.weights.kind == "intervals" && full.draws == 500 && full.seed == 7));
    CHECK(problems.ok());
}

TEST_CASE("stability: bad input gets a clear line") {
    CHECK(complaint("{draws: 0}") == "stability: draws: expected a whole number from 1 to 10000000, found '0'");
    CHECK(complaint("{draws: 20000000}") ==
          "stability: draws: expected a whole number from 1 to 10000000, found '20000000'");
    CHECK(complaint("{draws: 1.5}") == "stability: draws: expected a whole number from 1 to 10000000, found '1.5'");
    CHECK(complaint("{seed: -1}") == "stability: seed: expected a whole number from 0 to 9007199254740992, found '-1'");
    CHECK(complaint("{weights: ordnal}").find("did you mean 'ordinal'?") != std::string::npos);
    CHECK(complaint("{drws: 5}").find("did you mean 'draws'?") != std::string::npos);
    CHECK(complaint("all") != "none");
    CHECK(refusal("{ordinal: [power, higway]}") == "unknown criterion 'higway'; did you mean 'highway'?");
    CHECK(refusal("{ordinal: [power, power]}") == "ordinal: 'power' is named twice");
    CHECK(refusal("{ordinal: [view]}") == "'view' has no weight in the study");
    CHECK(refusal("{uniform: {spread: 3}}") == "uniform takes no parameters");
    CHECK(refusal("intervals").find("{within: 20 %}") != std::string::npos);
    CHECK(refusal("{intervals: {power: 60..70 %, highway: 50..60 %}}") ==
          "the least weights sum to 110 %, more than 100 %");
    CHECK(refusal("{intervals: {power: 5..10 %, highway: 10 %, slope: 0..10 %}}") ==
          "the greatest weights sum to 30 %, less than 100 %");
    CHECK(refusal("{intervals: {power: 40..20 %}}") == "intervals: power: the range 40..20 % runs backwards");
    CHECK(refusal("{intervals: {power: 40..200 %}}") == "intervals: power: expected 0 to 100 %, found '200 %'");
    CHECK(refusal("{dirichlet: {spread: 300 %}}").find("only by less than 141") != std::string::npos);
    CHECK(refusal("dirichlet") == "dirichlet: expected {spread: 30 %} or {concentration: 50}");
}

TEST_CASE("stability: what the words mean") {
    CHECK(space("uniform").mean()[0] == doctest::Approx(1.0 / 3));
    CHECK(space("ordinal").mean()[0] == doctest::Approx(11.0 / 18));
    CHECK(space("{ordinal: [slope]}").mean()[2] == doctest::Approx(11.0 / 18));
    CHECK(space("{ordinal: [slope]}").mean()[0] == doctest::Approx(3.5 / 18));
    const auto within = space("{intervals: {within: 20 %}}").ranges();
    CHECK((within[0].least == doctest::Approx(0.4) && within[0].most == doctest::Approx(0.6) && within[3].most == 0));
    const auto named = space("{intervals: {power: 20..40 %}}").ranges();
    CHECK((named[0].least == doctest::Approx(0.2) && named[0].most == doctest::Approx(0.4) && named[1].most == 1));
    CHECK(space("{dirichlet: {concentration: 9}}").covariance()[0] == doctest::Approx(0.025));
    // three criteria: 30 % of a weight of a third is c = 2 / 0.09 - 1
    CHECK(space("{dirichlet: {spread: 30 %}}").covariance()[0] == doctest::Approx(0.25 * 0.09 / 2));
}

TEST_CASE("stability: uncertainty of a measurement, in its unit or as a share") {
    const Uncertainty metres = uncertainty("{normal: {deviation: 500 m}}", "km");
    CHECK((metres.kind == Uncertainty::Kind::normal && metres.amount == 500 && !metres.relative));
    const Uncertainty share = uncertainty("{uniform: {within: 10 %}}", "m");
    CHECK((share.kind == Uncertainty::Kind::uniform && share.amount == doctest::Approx(0.1) && share.relative));
    const Uncertainty points = uncertainty("{normal: {deviation: 2 %}}", "%");
    CHECK((points.amount == 2 && !points.relative));
    CHECK(uncertainty("{lognormal: {deviation: 30 %}}", "%").amount == doctest::Approx(log_deviation(0.3)));
    CHECK(uncertain_refusal("{normal: {deviation: 5 min}}", "m").find("expected a length") != std::string::npos);
    CHECK(uncertain_refusal("{normal: {deviation: -5 m}}", "m") ==
          "normal: deviation: expected 0 or more, found '-5 m'");
    CHECK(uncertain_refusal("{lognormal: {deviation: 5 m}}", "m") ==
          "lognormal: deviation: expected a share such as 30 %, found '5 m'");
    CHECK(uncertain_refusal("normal", "m") == "normal: expected {normal: {deviation: 10 %}}");
    CHECK(uncertain_refusal("{gauss: {deviation: 5 m}}", "m").find("unknown uncertainty 'gauss'") != std::string::npos);
}
