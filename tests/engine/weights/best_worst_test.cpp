// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/best_worst.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace zonerank;
using engine::BestWorst;
using engine::BestWorstWeights;

namespace {

// Rezaei 2016, example 1: load flexibility, accessibility and cost of a transport mode.
const BestWorst transport{2, 0, {8, 2, 1}, {1, 5, 8}};

double farthest(const BestWorst& judgements, const std::vector<double>& w, bool linear) {
    double xi = 0;
    for (std::size_t j = 0; j < w.size(); ++j) {
        const double best = w[judgements.best], worst = w[judgements.worst];
        const double a = judgements.best_to_others[j], b = judgements.others_to_worst[j];
        if (j != judgements.best)
            xi = std::max(xi, linear ? std::abs(best - a * w[j]) : std::abs(best / w[j] - a));
        if (j != judgements.worst)
            xi = std::max(xi, linear ? std::abs(w[j] - b * worst) : std::abs(w[j] / worst - b));
    }
    return xi;
}

BestWorst random_judgements(std::size_t size, std::mt19937& random) {
    BestWorst result{0, size - 1, std::vector<double>(size, 1), std::vector<double>(size, 1)};
    const unsigned span = 2 + random() % 8;
    for (std::size_t j = 1; j + 1 < size; ++j) {
        result.best_to_others[j] = 1 + random() % span;
        result.others_to_worst[j] = 1 + random() % span;
    }
    result.best_to_others[size - 1] = result.others_to_worst[0] = span;
    return result;
}

engine::Weighing weigh(const std::string& body) {
    const std::vector<std::string> members{"load", "access", "cost"};
    return engine::best_worst_weights(tests::yaml(body), members);
}

std::string refusal(const std::string& body) {
    try {
        weigh(body);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("best worst: published case, choice of a transport mode (Rezaei 2016)") {
    const BestWorstWeights found = engine::best_worst_nonlinear(transport);
    CHECK(std::abs(found.xi - 0.26) <= 0.005);
    CHECK(found.xi == doctest::Approx((8 - std::sqrt(56)) / 2).epsilon(1e-12)); // of (2 - xi)(5 - xi) = 8 + xi
    CHECK(std::abs(found.xi / engine::best_worst_consistency_index(8) - 0.058) <= 0.0005);
    const double published[] = {0.0714, 0.3387, 0.5899};
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(std::abs(found.weights[i] - published[i]) <= 0.00005);
}

TEST_CASE("best worst: consistency indices (Rezaei 2015, table 1)") {
    const double published[] = {0, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23};
    for (std::size_t span = 1; span <= 9; ++span)
        CHECK(std::abs(engine::best_worst_consistency_index(static_cast<double>(span)) - published[span - 1]) <= 0.005);
}

TEST_CASE("best worst: judgements that agree give their weights by both variants") {
    const BestWorst agreed{1, 2, {2, 1, 8, 4}, {4, 8, 1, 2}};
    for (const BestWorstWeights& found : {engine::best_worst_linear(agreed), engine::best_worst_nonlinear(agreed)}) {
        CHECK(found.xi == doctest::Approx(0));
        const double expected[] = {4.0 / 15, 8.0 / 15, 1.0 / 15, 2.0 / 15};
        for (std::size_t i = 0; i < 4; ++i)
            CHECK(found.weights[i] == doctest::Approx(expected[i]).epsilon(1e-6));
    }
    CHECK(engine::input_based_ratio(agreed) == 0);
}

TEST_CASE("best worst: no other weights are nearer to the judgements, at random") {
    std::mt19937 random(4);
    for (int round = 0; round < 40; ++round) {
        const BestWorst judgements = random_judgements(3 + random() % 4, random);
        const BestWorstWeights linear = engine::best_worst_linear(judgements);
        const BestWorstWeights nonlinear = engine::best_worst_nonlinear(judgements);
        CHECK(farthest(judgements, linear.weights, true) == doctest::Approx(linear.xi).epsilon(1e-6));
        CHECK(farthest(judgements, nonlinear.weights, false) == doctest::Approx(nonlinear.xi).epsilon(1e-5));
        for (int other = 0; other < 300; ++other) {
            std::vector<double> weights = other % 2 ? linear.weights : nonlinear.weights;
            double sum = 0;
            for (double& weight : weights)
                sum += weight *= 1 + (static_cast<double>(random() % 2001) - 1000) / 1000 * std::pow(0.5, other % 12);
            for (double& weight : weights)
                weight = std::max(1e-9, weight / sum);
            CHECK(farthest(judgements, weights, true) >= linear.xi - 1e-8);
            CHECK(farthest(judgements, weights, false) >= nonlinear.xi - 1e-7);
        }
    }
}

TEST_CASE("best worst: in any order of the names") {
    std::mt19937 random(6);
    for (int round = 0; round < 20; ++round) {
        const BestWorst judgements = random_judgements(5, random);
        BestWorst turned = judgements;
        std::ranges::reverse(turned.best_to_others);
        std::ranges::reverse(turned.others_to_worst);
        std::swap(turned.best, turned.worst);
        for (const auto& method : {engine::best_worst_linear, engine::best_worst_nonlinear}) {
            const BestWorstWeights one = method(judgements), other = method(turned);
            for (std::size_t i = 0; i < 5; ++i)
                CHECK(one.weights[i] == doctest::Approx(other.weights[4 - i]).epsilon(1e-5));
        }
    }
}

// Liang, Brunelli and Rezaei 2020, table 3.
TEST_CASE("best worst: input-based ratio and its thresholds (Liang, Brunelli and Rezaei 2020)") {
    CHECK(engine::input_based_ratio(transport) == doctest::Approx(2.0 / 56));
    CHECK(engine::input_based_threshold(3, 9) == 0.1359);
    CHECK(engine::input_based_threshold(4, 9) == 0.2681);
    CHECK(engine::input_based_threshold(9, 5) == 0.2960);
    CHECK(engine::input_based_threshold(12, 20) == 0.3662);
    CHECK(engine::input_based_threshold(5, 2) == 0);
    CHECK(engine::input_based_ratio({0, 1, {1, 1}, {1, 1}}) == 0);
}

TEST_CASE("best worst: as a study writes it") {
    const auto linear = weigh("{best: cost, worst: load, best to others: {load: 8, access: 2}, "
                              "others to worst: {access: 5}}");
    CHECK(linear.method == "best worst");
    CHECK(linear.summary.find("linear, consistency ") != std::string::npos);
    CHECK(linear.warnings.empty());
    const auto nonlinear = weigh("{best: cost, worst: load, best to others: {access: 2}, "
                                 "others to worst: {access: 5, cost: 8}, variant: nonlinear}");
    CHECK(nonlinear.weights[2] == doctest::Approx(0.5899).epsilon(0.001));
    CHECK(nonlinear.summary.find("consistency ratio 0.058 (Rezaei 2015)") != std::string::npos);
    const auto circle = weigh("{best: cost, worst: load, best to others: {load: 3, access: 9}, "
                              "others to worst: {access: 5}}");
    REQUIRE(circle.warnings.size() == 3);
    CHECK(circle.warnings[0] == "'cost' over 'access' is 9, more than the best over the worst, 3");
    CHECK(circle.warnings[2].starts_with("the judgements contradict each other: input-based consistency ratio 7.000"));
}

TEST_CASE("best worst: what can't be meant") {
    const std::string start = "{best: cost, worst: load, ";
    CHECK(refusal("{best: cost}") == "'worst' is missing");
    CHECK(refusal("{best: cots, worst: load}") == "unknown name 'cots'; did you mean 'cost'?");
    CHECK(refusal("{best: cost, worst: cost}") == "'cost' is both the best and the worst");
    CHECK(refusal("{bset: cost}") == "unknown key 'bset'; did you mean 'best'?");
    CHECK(refusal(start + "best to others: {load: 8}, others to worst: {access: 5}}") ==
          "'best to others': 'access' has no judgement");
    CHECK(refusal(start + "best to others: {access: 2}, others to worst: {access: 5}}") ==
          "'best to others': 'load' has no judgement");
    CHECK(refusal(start + "best to others: {access: 1/2, load: 8}, others to worst: {access: 5}}") ==
          "'best to others': 'access': a judgement of the best-worst method is 1 or more, found '1/2'");
    CHECK(refusal(start + "best to others: {access: 0, load: 8}, others to worst: {access: 5}}") ==
          "'best to others': 'access': a judgement of the best-worst method is 1 or more, found '0'");
    CHECK(refusal(start + "best to others: {access: 2, load: 8}, others to worst: {access: 5, cost: 7}}") ==
          "'cost' against 'load' is 8 in 'best to others', but 7 in 'others to worst'");
    CHECK(refusal(start + "best to others: {access: 2, load: 8, cost: 3}, others to worst: {access: 5}}") ==
          "'best to others': 'cost' against itself is 3; it must be 1");
    CHECK(refusal(start + "best to others: {access: 2, load: 8}, others to worst: {access: 5}, variant: fast}") ==
          "'variant': expected linear or nonlinear, found 'fast'");
    CHECK(refusal(start + "best to others: [2, 8], others to worst: {access: 5}}") ==
          "'best to others': expected numbers such as {highway: 2, rail: 8}, found a list");
    CHECK(refusal("[1]").starts_with("expected {best: power"));
}
