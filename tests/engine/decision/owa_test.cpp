// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/owa.hpp"

#include "tests/support/aggregations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace zonerank;
using doctest::Approx;
using engine::OrderWeights;
using engine::OwaRule;
using tests::Row;

namespace {

constexpr std::array rules{OwaRule::product, OwaRule::quantifier, OwaRule::relaxed};

double score(OwaRule rule, const Row& low_to_high, const Row& values, const Row& weights) {
    return engine::owa(rule, OrderWeights::of(low_to_high)).fold_one(values, weights);
}

/// By sorting; equal values one after the other in the order they come in.
double by_sorting(OwaRule rule, const Row& low_to_high, const Row& values, Row weights) {
    const OrderWeights order = OrderWeights::of(low_to_high);
    const std::size_t n = values.size();
    std::vector<std::size_t> at(n);
    std::iota(at.begin(), at.end(), 0U);
    std::ranges::stable_sort(at, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double t = rule == OwaRule::relaxed ? order.tradeoff() : 1;
    for (double& weight : weights)
        weight = t * weight / total + (1 - t) / static_cast<double>(n);
    // What all values up to one count, from the lowest on.
    const auto running = [&](double share) {
        double sum = 0;
        for (std::size_t k = 0; k < n; ++k)
            sum += order[k] * std::clamp(share * static_cast<double>(n) - static_cast<double>(k), 0.0, 1.0);
        return sum;
    };
    double top = 0, bottom = 0, passed = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const double importance = weights[at[k]];
        const double weight =
            rule == OwaRule::quantifier ? running(passed + importance) - running(passed) : order[k] * importance;
        passed += importance;
        top += weight * values[at[k]];
        bottom += weight;
    }
    return top / bottom;
}

} // namespace

TEST_CASE("OWA: the case of the Clark Labs forum, three factors, by each rule") {
    const Row order{0.7, 0.2, 0.1}, values{1, 0.4866, 0}, weights{0.6, 0.3, 0.1};
    CHECK(std::abs(score(OwaRule::relaxed, order, values, weights) - 0.2822) <= 1e-4);
    CHECK(std::abs(score(OwaRule::product, order, values, weights) - 0.46945) <= 1e-5);
    // Q is 0.26 at 0.6 and 0.79 at 0.9 of the importances
    CHECK(score(OwaRule::quantifier, order, values, weights) == Approx(0.26 + 0.4866 * (0.79 - 0.26)).epsilon(1e-12));
    for (const OwaRule rule : rules) // plain OWA
        CHECK(std::abs(score(rule, order, values, {1, 1, 1}) - 0.19732) <= 1e-12);
}

TEST_CASE("OWA: all three rules between minimum, weighted mean and maximum") {
    const Row values{0.3, 0.9, 0.6}, weights{5, 2, 3};
    for (const OwaRule rule : rules) {
        CHECK(score(rule, {1, 0, 0}, values, weights) == Approx(0.3).epsilon(1e-14));
        CHECK(score(rule, {1, 1, 1}, values, weights) == Approx(0.51).epsilon(1e-14));
        CHECK(engine::owa_of_risk(rule, 0, 3).fold_one(values, weights) == Approx(0.3).epsilon(1e-14));
        CHECK(engine::owa_of_risk(rule, 0.5, 3).fold_one(values, weights) == Approx(0.51).epsilon(1e-14));
        CHECK(engine::owa_of_risk(rule, 1, 3).fold_one(values, weights) == Approx(0.9).epsilon(1e-14));
    }
    CHECK(score(OwaRule::product, {0, 0, 1}, values, weights) == Approx(0.9).epsilon(1e-14));
    CHECK(score(OwaRule::relaxed, {0, 0, 1}, values, weights) == Approx(0.9).epsilon(1e-14));
    // the best value has a share of 0.2, its place one of 1/3
    CHECK(score(OwaRule::quantifier, {0, 0, 1}, values, weights) == Approx(0.6 * 0.9 + 0.4 * 0.6).epsilon(1e-14));
}

TEST_CASE("OWA: the quantifier of an attitude to risk is a curve through the importances (Yager 1996)") {
    const auto square = engine::owa_of_risk(OwaRule::quantifier, 1.0 / 3, 3); // Q(r) = r^2
    CHECK(square.fold_one(Row{0.3, 0.9, 0.6}, Row{5, 2, 3}) ==
          Approx(0.9 * 0.04 + 0.6 * (0.25 - 0.04) + 0.3 * 0.75).epsilon(1e-13));
}

TEST_CASE("OWA: as by sorting, for any values and weights") {
    std::mt19937 random(11);
    for (int i = 0; i < 3000; ++i) {
        const std::size_t n = 2 + random() % 6;
        Row values(n), weights(n), order(n);
        for (std::size_t m = 0; m < n; ++m) {
            values[m] = static_cast<double>(random()) / 4294967296.0;
            weights[m] = 1 + static_cast<double>(random() % 100);
            order[m] = static_cast<double>(random() % 5) + (m == 0);
        }
        for (const OwaRule rule : rules)
            CHECK(score(rule, order, values, weights) ==
                  Approx(by_sorting(rule, order, values, weights)).epsilon(1e-12));
    }
}

TEST_CASE("OWA: equal values share their places, whoever comes first") {
    const Row order{0.6, 0.3, 0.1};
    for (const OwaRule rule : rules)
        CHECK(score(rule, order, {0.5, 0.5, 0}, {0.7, 0.1, 0.2}) ==
              Approx(score(rule, order, {0.5, 0, 0.5}, {0.1, 0.2, 0.7})).epsilon(1e-14));
    // places 2 and 3 count 0.2 each: 0.2 x 0.8 x 0.5 / (0.2 x 0.8 + 0.6 x 0.2)
    CHECK(score(OwaRule::product, order, {0.5, 0.5, 0}, {0.7, 0.1, 0.2}) == Approx(0.08 / 0.28).epsilon(1e-14));
}

TEST_CASE("OWA: fewer values than places take weights of their own number") {
    const double gap = std::nan("");
    const Row order{0.4, 0.3, 0.2, 0.1};
    CHECK(score(OwaRule::quantifier, order, {gap, 0.2, gap, 0.8}, {9, 3, 2, 1}) == Approx(0.1 * 0.8 + 0.9 * 0.2));
    for (const OwaRule rule : {OwaRule::product, OwaRule::relaxed}) {
        const double two = score(rule, {0.7, 0.3}, {0.2, 0.8}, {3, 1});
        CHECK(score(rule, order, {gap, 0.2, gap, 0.8}, {9, 3, 2, 1}) == Approx(two).epsilon(1e-14));
        CHECK(score(rule, order, {0.5, 0.2, 0.1, 0.8}, {0, 3, 0, 1}) == Approx(two).epsilon(1e-14));
        CHECK(score(rule, order, {gap, gap, gap, 0.8}, {9, 3, 2, 1}) == Approx(0.8).epsilon(1e-14));
    }
}

TEST_CASE("OWA: order weights are as many as the members, or an attitude to risk says them") {
    const auto wrong = [](const std::string& body, bool shared = false, std::size_t members = 3) {
        const auto& kind = tests::kind_of("owa");
        engine::Membership group = tests::group_of(members);
        group.shared = shared;
        try {
            kind.make(tests::params(kind, body), group);
        } catch (const Error& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    CHECK(wrong("{order weights: [0.5, 0.5]}") == "order weights: 2 given, and there are 3 members to order (a, b, c)");
    CHECK(wrong("{order weights: [0.5, 0.5]}", true) == "order weights: 2 given, and there are 3 members to order "
                                                        "(a, b, c); give each theme an `aggregate` of its own");
    CHECK(wrong("{order weights: [0.5, 0.5]}", true, 1).empty());
    CHECK(wrong("{order weights: [0.5, -0.5, 1]}") == "order weights: one is -0.5; order weights must not be negative");
    CHECK(wrong("{order weights: [0, 0, 0]}") == "order weights: all are 0");
    CHECK(wrong("{risk: 2}") ==
          "risk: from 0 (averse: the lowest value) over 0.5 (the weighted mean) to 1 (the highest "
          "value), found 2");
    CHECK(wrong("{risk: 0.5, order weights: [1, 1, 1]}") ==
          "'order weights' and 'risk' say the same; give one of them");
    CHECK(wrong("").starts_with("give 'order weights', from the lowest value to the highest, or 'risk'"));
    CHECK(tests::aggregation("owa", "{risk: 0}", 2).summary ==
          "OWA, order weight x importance (Yager 1988, Malczewski 1999), risk 0: order weights 1, 0 from the lowest "
          "value to the "
          "highest (ANDness 1.00, ORness 0.00, trade-off 0.00)");
}
