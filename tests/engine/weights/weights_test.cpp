// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/weights.hpp"

#include "engine/decision/aggregation.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace zonerank;
using engine::Weighing;
using engine::Weights;

namespace {

const std::vector<std::string> members{"power", "highway", "rail"};

Weighing weigh(std::string_view method, const std::string& body, const std::vector<std::string>& of = members) {
    const layers::Node node = body.empty() ? layers::Node{} : tests::yaml(body);
    return layers::find(engine::weighting_methods(), "weighting method", method).make(node, of);
}

std::string refusal(std::string_view method, const std::string& body) {
    try {
        weigh(method, body);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

std::vector<double> list(const Weights& weights) {
    return {weights.begin(), weights.end()};
}

Weights judged(const std::string& matrix, std::size_t size, const std::string& method) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i)
        names.emplace_back(1, static_cast<char>('a' + i));
    return weigh("ahp", fmt::format("{{matrix: {}, of: [{}], method: {}}}", matrix, fmt::join(names, ", "), method),
                 names)
        .weights;
}

/// A hierarchy of judgements: of the criteria, and of the alternatives on each.
/// Scores are the weighted sum of an alternative's priorities.
std::vector<double> hierarchy(const std::string& criteria, const std::vector<std::string>& alternatives,
                              std::size_t size, const std::string& method = "eigenvector") {
    const Weights weights = judged(criteria, alternatives.size(), method);
    std::vector<Weights> priorities;
    for (const std::string& matrix : alternatives)
        priorities.push_back(judged(matrix, size, method));
    const auto sum = layers::find(engine::aggregations(), "aggregation", "weighted sum").make({}, {}).fold_one;
    std::vector<double> scores;
    for (std::size_t a = 0; a < size; ++a) {
        std::vector<double> values;
        for (const Weights& priority : priorities)
            values.push_back(priority[a]);
        scores.push_back(sum(values, list(weights)));
    }
    return scores;
}

void check_scores(const std::vector<double>& scores, const std::vector<double>& published, double tolerance) {
    REQUIRE(scores.size() == published.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(scores[i] - published[i]) <= tolerance);
    }
}

} // namespace

TEST_CASE("weights: any scale, summing to 1") {
    CHECK(list(Weights::of(std::vector<double>{30, 50, 20})) == std::vector<double>{0.3, 0.5, 0.2});
    CHECK(list(Weights::of(std::vector<double>{0, 4})) == std::vector<double>{0, 1});
    CHECK(list(Weights::equal(4)) == std::vector<double>(4, 0.25));
    CHECK(Weights::equal(0).size() == 0);
    const Weights thirds = Weights::of(std::vector<double>{0.1, 0.1, 0.1});
    CHECK(std::accumulate(thirds.begin(), thirds.end(), 0.0) == doctest::Approx(1).epsilon(1e-15));
}

TEST_CASE("weights: negative, none or too large") {
    const double huge = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(Weights::of(std::vector<double>{1, -0.5}), "a weight is -0.5; weights must not be negative",
                         Error);
    CHECK_THROWS_AS(Weights::of(std::vector<double>{1, std::nan("")}), Error);
    CHECK_THROWS_WITH_AS(Weights::of(std::vector<double>{0, 0}), "all weights are 0", Error);
    CHECK_THROWS_WITH_AS(Weights::of(std::vector<double>{huge, huge}), "the weights are too large to add up", Error);
}

TEST_CASE("direct weights: numbers or percentages, in the members' order") {
    const Weighing weighing = weigh("direct", "{rail: 20, power: 30, highway: 50}");
    CHECK(list(weighing.weights) == std::vector<double>{0.3, 0.5, 0.2});
    CHECK(weighing.method == "direct");
    CHECK(weighing.warnings.empty());
    CHECK(weigh("direct", "{power: 60 %, highway: 40 %, rail: 0}").warnings.empty()); // 0 is 0 in percent, too
    CHECK(list(weigh("direct", "{power: 1/2, highway: 1/2, rail: 0}").weights) == std::vector<double>{0.5, 0.5, 0});
    CHECK(weigh("direct", "{power: 33.3 %, highway: 33.3 %, rail: 33.3 %}").warnings.empty());
    const Weighing short_of = weigh("direct", "{power: 30 %, highway: 20 %, rail: 30 %}");
    CHECK(short_of.weights[1] == doctest::Approx(0.25));
    REQUIRE(short_of.warnings.size() == 1);
    CHECK(short_of.warnings[0] == "the weights add up to 80 %; they are scaled to 100 %");
}

TEST_CASE("direct weights: what can't be meant") {
    CHECK(refusal("direct", "{power: 30, highway: 20}") == "'rail' has no weight (0 leaves it out)");
    CHECK(refusal("direct", "{power: 30, highway: 20, rial: 1}") == "unknown name 'rial'; did you mean 'rail'?");
    CHECK(refusal("direct", "{power: 30, highway: -1, rail: 1}") ==
          "'highway': a weight must not be negative, found '-1'");
    CHECK(refusal("direct", "{power: 30, highway: 2 km, rail: 1}") ==
          "'highway': expected a number or a percentage, found '2 km'");
    CHECK(refusal("direct", "{power: 30, highway: much, rail: 1}") == "'highway': expected a number, found 'much'");
    CHECK(refusal("direct", "{power: 30, highway: [1], rail: 1}") == "'highway': expected a number, found a list");
    CHECK(refusal("direct", "{power: 30 %, highway: 0.7, rail: 1}") ==
          "percentages and plain numbers can't stand side by side");
    CHECK(refusal("direct", "{power: 0, highway: 0, rail: 0}") == "all weights are 0");
    CHECK(refusal("direct", "") == "expected a weight for each name such as {power: 30, highway: 20}, found nothing");
}

TEST_CASE("equal weights") {
    const Weighing weighing = weigh("equal", "");
    CHECK(list(weighing.weights) == std::vector<double>(3, 1.0 / 3));
    CHECK(weighing.summary == "equal");
    CHECK(weigh("equal", "{}").method == "equal");
    CHECK(refusal("equal", "{power: 1}") == "'equal' takes no parameters");
}

TEST_CASE("AHP weights: what the manifest says, and when to warn") {
    const Weighing agreed = weigh("ahp", "{power vs highway: 2, highway vs rail: 3, power vs rail: 6}");
    CHECK(agreed.weights[0] == doctest::Approx(0.6));
    CHECK(agreed.weights[1] == doctest::Approx(0.3));
    CHECK(agreed.weights[2] == doctest::Approx(0.1));
    CHECK(agreed.method == "ahp");
    CHECK(agreed.summary == "AHP, principal eigenvector, CR 0.00 (Saaty 1980)");
    CHECK(agreed.warnings.empty());
    CHECK(weigh("ahp", "{power vs rail: 2}", {"power", "rail"}).summary == "AHP, principal eigenvector");
}

TEST_CASE("AHP weights: the warning names the worst judgement and what the weights imply") {
    const Weighing three = weigh("ahp", "{power vs highway: 2, highway vs rail: 3, power vs rail: 1/5}");
    REQUIRE(three.warnings.size() == 1);
    CHECK(three.warnings[0] == "consistency ratio 1.232 is above 0.10: the judgements contradict each other, such as "
                               "'power vs highway', given as 2 where the weights imply 0.64; 'highway vs power' 15 "
                               "instead of 1/2 would make the ratio 0.00");
    const Weighing four = weigh("ahp",
                                "{matrix: [[1, 2, 4, 1/3], [1/2, 1, 2, 4], [1/4, 1/2, 1, 2], [3, 1/4, 1/2, 1]], "
                                "of: [a, b, c, d]}",
                                {"a", "b", "c", "d"});
    REQUIRE(four.warnings.size() == 1);
    CHECK(four.warnings[0].find("most of all 'd vs a', given as 3 where the weights imply 0.") != std::string::npos);
}

// R package MCDA (paterijk/MCDA), tests/AHP.R.
TEST_CASE("AHP hierarchy: published case, four cars (R MCDA)") {
    const auto scores = hierarchy("[[1, 1/2, 3], [2, 1, 4], [1/3, 1/4, 1]]",
                                  {"[[1, 1/4, 4, 1/6], [4, 1, 4, 1/4], [1/4, 1/4, 1, 1/5], [6, 4, 5, 1]]",
                                   "[[1, 2, 5, 1], [1/2, 1, 3, 2], [1/5, 1/3, 1, 1/4], [1, 1/2, 4, 1]]",
                                   "[[1, 2, 4, 1], [1/2, 1, 3, 2], [1/4, 1/3, 1, 1/5], [1, 1/2, 5, 1]]"},
                                  4);
    check_scores(scores, {0.2922, 0.2767, 0.0697, 0.3613}, 0.0005);
}

// Papathanasiou and Ploskas 2018, Multiple Criteria Decision Aid, ch. 5; numbers as in pyrepo-mcda, Test_AHP.
TEST_CASE("AHP hierarchy: published case, six facility locations (Papathanasiou and Ploskas 2018)") {
    const auto scores = hierarchy(
        "[[1, 1, 5, 3], [1, 1, 5, 3], [1/5, 1/5, 1, 1/3], [1/3, 1/3, 3, 1]]",
        {"[[1, 5, 1, 1, 1/3, 3], [1/5, 1, 1/3, 1/5, 1/7, 1], [1, 3, 1, 1/3, 1/5, 1], [1, 5, 3, 1, 1/3, 3], "
         "[3, 7, 5, 3, 1, 7], [1/3, 1, 1, 1/3, 1/7, 1]]",
         "[[1, 7, 3, 1/3, 1/3, 1/3], [1/7, 1, 1/3, 1/7, 1/9, 1/7], [1/3, 3, 1, 1/5, 1/5, 1/5], [3, 7, 5, 1, 1, 1], "
         "[3, 9, 5, 1, 1, 1], [3, 7, 5, 1, 1, 1]]",
         "[[1, 1/9, 1/7, 1/9, 1, 1/5], [9, 1, 1, 1, 5, 3], [7, 1, 1, 1, 5, 1], [9, 1, 1, 1, 7, 3], "
         "[1, 1/5, 1/5, 1/7, 1, 1/3], [5, 1/3, 1, 1/3, 3, 1]]",
         "[[1, 1/5, 1/5, 1/3, 1/7, 1/5], [5, 1, 1, 3, 1/3, 1], [5, 1, 1, 1, 1/3, 1], [3, 1/3, 1, 1, 1/7, 1], "
         "[7, 3, 3, 7, 1, 5], [5, 1, 1, 1, 1/5, 1]]"},
        6);
    check_scores(scores, {0.117, 0.071, 0.095, 0.212, 0.35, 0.155}, 0.001);
}

// quatrope/scikit-criteria, ahp_ext/test_ahp.py (test_ahp), by means of normalised columns; for judgements that
// disagree the eigenvector differs in the third decimal, and the order is the same.
TEST_CASE("AHP hierarchy: published case, three by three (scikit-criteria)") {
    const std::string criteria = "[[1, 3, 3], [1/3, 1, 2], [1/3, 1/2, 1]]";
    const std::vector<std::string> sites{"[[1, 5, 3], [1/5, 1, 1/3], [1/3, 3, 1]]",
                                         "[[1, 1/9, 1/3], [9, 1, 5], [3, 1/5, 1]]",
                                         "[[1, 2, 1/5], [1/2, 1, 1/7], [5, 7, 1]]"};
    check_scores(hierarchy(criteria, sites, 3, "column mean"), {0.4177, 0.266, 0.3164}, 0.0001);
    check_scores(hierarchy(criteria, sites, 3), {0.4219, 0.2642, 0.3139}, 0.0001); // computed independently
}

TEST_CASE("weights that already sum to 1 are kept to the last bit") {
    const std::vector<double> recorded{0.1, 0.2, 0.3, 0.4 + 1e-16};
    CHECK(list(Weights::of(recorded)) == recorded);
}

TEST_CASE("each method's row says where it comes from, and whether sites change its weights") {
    for (const auto& kind : engine::weighting_methods()) {
        CAPTURE(kind.name);
        CHECK_FALSE(kind.source.empty());
        CHECK((kind.need == layers::Need::facts) == kind.properties.empty());
    }
}

TEST_CASE("each method: names in another order have the same weights") {
    const std::vector<std::string> turned{"rail", "highway", "power"};
    const std::pair<const char*, const char*> studies[] = {
        {"direct", "{power: 5, highway: 3, rail: 1}"},
        {"points", "{power: 50, highway: 30, rail: 20}"},
        {"swing", "{power: 100, highway: 30, rail: 20}"},
        {"rank order centroid", "[power, [highway, rail]]"},
        {"rank sum", "[power, highway, rail]"},
        {"rank reciprocal", "[power, highway, rail]"},
        {"ahp", "{power vs highway: 2, highway vs rail: 3, power vs rail: 4}"},
        {"ahp", "{people: {A: {power vs highway: 2, highway vs rail: 3}, B: {power vs rail: 4, highway vs rail: 2}}}"},
        {"best worst",
         "{best: power, worst: rail, best to others: {highway: 2, rail: 7}, others to worst: {highway: 5}}"},
        {"fixed", "{power: 30..70 %, highway: 20..30 %, rail: 5 %}"},
        {"order", "[power > highway, power > rail]"}};
    for (const auto& [method, body] : studies) {
        const Weighing one = weigh(method, body), other = weigh(method, body, turned);
        CAPTURE(method);
        CHECK(one.method == method);
        double sum = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(one.weights[i] == doctest::Approx(other.weights[2 - i]).epsilon(1e-9));
            sum += one.weights[i];
        }
        CHECK(sum == doctest::Approx(1).epsilon(1e-12));
        CHECK(one.weights[0] > one.weights[1]);
    }
}

TEST_CASE("each method refuses a name that is no member, with the nearest") {
    for (const auto& [method, body] :
         {std::pair("points", "{powr: 50, highway: 30, rail: 20}"),
          std::pair("swing", "{powr: 100, highway: 1, rail: 1}"), std::pair("rank sum", "[powr, highway, rail]"),
          std::pair("order", "[powr > rail]"), std::pair("fixed", "{powr: 20..40 %, highway: 30 %, rail: 40 %}"),
          std::pair("ahp", "{powr vs rail: 2}")})
        CHECK(refusal(method, body) == "unknown name 'powr'; did you mean 'power'?");
}
