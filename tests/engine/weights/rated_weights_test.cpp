// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/rated_weights.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Weighing;

namespace {

using Method = Weighing (*)(const layers::Node&, engine::Members);

const std::vector<std::string> members{"a", "b", "c", "d"};

std::vector<double> weights(Method method, const std::string& body) {
    const auto found = method(tests::yaml(body), members).weights;
    return {found.begin(), found.end()};
}

std::string refusal(Method method, const std::string& body) {
    try {
        method(tests::yaml(body), members);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

void check(const std::vector<double>& found, const std::vector<double>& published, double tolerance) {
    REQUIRE(found.size() == published.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        CHECK(std::abs(found[i] - published[i]) <= tolerance);
}

} // namespace

// Barron and Barrett 1996, Management Science 42(11), table 1.
TEST_CASE("ranks: published weights of four (Barron and Barrett 1996)") {
    check(weights(engine::rank_order_centroid, "[a, b, c, d]"), {0.5208, 0.2708, 0.1458, 0.0625}, 5e-5);
    check(weights(engine::rank_sum, "[a, b, c, d]"), {0.4, 0.3, 0.2, 0.1}, 1e-12);
    check(weights(engine::rank_reciprocal, "[a, b, c, d]"), {0.48, 0.24, 0.16, 0.12}, 1e-12);
}

TEST_CASE("ranks: whose place is shared, share its weight") {
    check(weights(engine::rank_sum, "[[c, a], d, b]"), {0.35, 0.1, 0.35, 0.2}, 1e-12);
    check(weights(engine::rank_order_centroid, "[[a, b, c, d]]"), {0.25, 0.25, 0.25, 0.25}, 1e-12);
    CHECK(engine::rank_sum(tests::yaml("[[c, a], d, b]"), members).summary.ends_with("share the mean of their places"));
}

TEST_CASE("ranks: what can't be meant") {
    CHECK(refusal(engine::rank_sum, "[a, b, c]") == "'d' is missing in the order of importance");
    CHECK(refusal(engine::rank_sum, "[a, b, c, a, d]") == "'a' is twice in the order of importance");
    CHECK(refusal(engine::rank_sum, "[a, [b, a], c, d]") == "'a' is twice in the order of importance");
    CHECK(refusal(engine::rank_sum, "[a, [], c, d]") == "an empty list among the names");
    CHECK(refusal(engine::rank_sum, "[{a: 1}]") == "expected a name, found a mapping");
    CHECK(refusal(engine::rank_sum, "{a: 1}") ==
          "expected all names, most important first, such as [a, b, c, d], found a mapping");
}

TEST_CASE("points: shared out of 100, else a warning") {
    const Weighing whole = engine::point_weights(tests::yaml("{a: 40, b: 30, c: 20, d: 10}"), members);
    CHECK(whole.weights[0] == doctest::Approx(0.4));
    CHECK(whole.warnings.empty());
    const Weighing more = engine::point_weights(tests::yaml("{a: 40, b: 30, c: 30, d: 20}"), members);
    CHECK(more.weights[0] == doctest::Approx(1.0 / 3));
    REQUIRE(more.warnings.size() == 1);
    CHECK(more.warnings[0] == "the points add up to 120, not 100; they are scaled");
    CHECK(refusal(engine::point_weights, "{a: 0, b: 0, c: 0, d: 0}") == "all weights are 0");
    CHECK(refusal(engine::point_weights, "{a: 40, b: 30, c: 30}") == "'d' has no weight (0 leaves it out)");
}

TEST_CASE("swing: parts of the greatest, which is 100") {
    const Weighing right = engine::swing_weights(tests::yaml("{a: 50, b: 100, c: 25, d: 25}"), members);
    CHECK(right.weights[1] == doctest::Approx(0.5));
    CHECK(right.warnings.empty());
    const Weighing wrong = engine::swing_weights(tests::yaml("{a: 50, b: 80, c: 25, d: 5}"), members);
    CHECK(wrong.weights[1] == doctest::Approx(0.5));
    REQUIRE(wrong.warnings.size() == 1);
    CHECK(wrong.warnings[0] ==
          "the greatest swing, of 'b', is 80; the method gives the most important 100 and the others parts of it");
}
