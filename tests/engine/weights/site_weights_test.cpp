// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/site_weights.hpp"

#include "engine/weights/data_weights.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::DecisionMatrix;
using engine::Sense;
using engine::Weighing;

namespace {

const std::vector<std::string> members{"price", "area"};
const DecisionMatrix sites{
    {"x", "y", "z"}, members, {0.5, 0.5}, {Sense::less, Sense::more}, {3, 100, 2, 80, 1, 30}, {0, 1, 0.5, 0.7, 1, 0}};

Weighing entropy(const std::string& body) {
    return engine::weigh_by_entropy(body.empty() ? layers::Node{} : tests::yaml(body), members);
}

std::string refusal(const std::string& body) {
    try {
        entropy(body);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("weights of sites wait, equal, until the sites are known") {
    const Weighing waiting = entropy("");
    CHECK(waiting.weights[0] == 0.5);
    CHECK(waiting.summary.ends_with("of the sites once they are measured"));
    REQUIRE(waiting.later);
    const Weighing known = waiting.later(sites);
    CHECK_FALSE(known.later);
    const auto expected = engine::entropy_weights(engine::data_table(sites, engine::Numbers::measurements)).weights;
    CHECK(known.weights[0] == expected[0]);
    CHECK(known.weights[1] == expected[1]);
    CHECK(known.method == "entropy");
    CHECK(known.summary.ends_with("of the measurements of 3 sites"));
    REQUIRE(known.details.size() == 3);
    CHECK(known.details[0].name == "entropy");
}

TEST_CASE("weights of sites: of values, too") {
    const Weighing known = entropy("{of: values}").later(sites);
    const auto expected = engine::entropy_weights(engine::data_table(sites, engine::Numbers::values)).weights;
    CHECK(known.weights[0] == expected[0]);
    CHECK(known.summary.ends_with("of the values of 3 sites"));
}

TEST_CASE("weights of sites warn, and tell what repeats them") {
    const Weighing known = entropy("").later(sites);
    const std::string fixed = engine::as_fixed(known.weights, members);
    REQUIRE(known.warnings.size() == 1);
    CHECK(known.warnings[0].find("scores of two areas can't be compared") != std::string::npos);
    CHECK(known.warnings[0].find(fixed) != std::string::npos);
    const layers::Node again = tests::yaml(fixed);
    const Weighing repeated =
        layers::find(engine::weighting_methods(), "weighting method", "fixed").make(*again.find("fixed"), members);
    CHECK(repeated.weights[0] == known.weights[0]);
    CHECK(repeated.weights[1] == known.weights[1]);
}

TEST_CASE("weights of sites: names that YAML would misread stand in quotes") {
    const std::vector<std::string> odd{"it's: here", "10"};
    CHECK(engine::as_fixed(engine::Weights::equal(2), odd) == "{fixed: {'it''s: here': 0.5, '10': 0.5}}");
}

TEST_CASE("weights of sites: each method by its own name") {
    const std::pair<const char*, Weighing (*)(const layers::Node&, engine::Members)> methods[] = {
        {"standard deviation", engine::weigh_by_deviation},
        {"critic", engine::weigh_by_critic},
        {"merec", engine::weigh_by_merec},
        {"cilos", engine::weigh_by_cilos},
        {"idocriw", engine::weigh_by_idocriw}};
    for (const auto& [name, method] : methods) {
        const Weighing known = method({}, members).later(sites);
        CAPTURE(name);
        CHECK(known.method == name);
        CHECK(known.weights[0] + known.weights[1] == doctest::Approx(1));
    }
}

TEST_CASE("weights of sites: what can't be meant") {
    CHECK(refusal("{of: scores}") == "'of': expected measurements or values, found 'scores'");
    CHECK(refusal("{off: values}") == "unknown key 'off'; did you mean 'of'?");
    CHECK(refusal("[values]") == "expected {entropy: {of: measurements}} or {of: values}, found a list");
    const DecisionMatrix same{{"x", "y"}, members, {0.5, 0.5}, {Sense::less, Sense::more}, {3, 1, 3, 1}, {1, 1, 1, 1}};
    CHECK_THROWS_WITH_AS(entropy("").later(same),
                         "entropy: every criterion is the same at all 2 sites, so none can weigh more by them", Error);
}
