// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/order_weights.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using doctest::Approx;
using zonerank::engine::OrderWeights;

static OrderWeights of(const std::vector<double>& low_to_high) {
    return OrderWeights::of(low_to_high);
}

static void check(const OrderWeights& weights, const std::vector<double>& expected) {
    REQUIRE(weights.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(weights[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("order weights: MCEMIDAND of the IDRISI tutorial, exercise 2-9") {
    const OrderWeights mid = of({0.5, 0.3, 0.125, 0.05, 0.025, 0});
    CHECK(mid.andness() == Approx(0.84).epsilon(1e-12));
    CHECK(mid.orness() == Approx(0.16).epsilon(1e-12));
    CHECK(std::abs(mid.tradeoff() - 0.5199) < 5e-5);
    CHECK(to_string(mid) ==
          "order weights 0.5, 0.3, 0.125, 0.05, 0.025, 0 from the lowest value to the highest (ANDness "
          "0.84, ORness 0.16, trade-off 0.52)");
}

TEST_CASE("order weights: AND, OR and the mean") {
    CHECK(of({1, 0, 0}).andness() == 1);
    CHECK(of({1, 0, 0}).tradeoff() == Approx(0).epsilon(1e-14));
    CHECK(of({0, 0, 1}).orness() == 1);
    CHECK(of({5, 5, 5}).andness() == Approx(0.5));
    CHECK(of({5, 5, 5}).tradeoff() == 1);
    CHECK(of({2}).andness() == 0.5);
    CHECK(of({2}).tradeoff() == 1);
}

TEST_CASE("order weights: any scale, none negative, one above 0 at least") {
    check(of({2, 1, 1}), {0.5, 0.25, 0.25});
    CHECK_THROWS_WITH(of({1, -1}), "one is -1; order weights must not be negative");
    CHECK_THROWS_WITH(of({1, std::nan("")}), "one is nan; order weights must not be negative");
    CHECK_THROWS_WITH(of({0, 0}), "all are 0");
    CHECK_THROWS_WITH(of({}), "none are given");
    CHECK_THROWS_WITH(of({1e308, 1e308}), "they are too large to add up");
}

TEST_CASE("order weights: from an attitude to risk") {
    check(OrderWeights::of_risk(0, 3), {1, 0, 0});
    check(OrderWeights::of_risk(1, 3), {0, 0, 1});
    check(OrderWeights::of_risk(0.5, 4), {0.25, 0.25, 0.25, 0.25});
    check(OrderWeights::of_risk(1.0 / 3, 2), {0.75, 0.25}); // Q(r) = r^2
    check(OrderWeights::of_risk(0.3, 1), {1});
    for (const double risk : {0.1, 0.3, 0.6, 0.9}) {
        const OrderWeights many = OrderWeights::of_risk(risk, 2000);
        CHECK(std::accumulate(many.begin(), many.end(), 0.0) == Approx(1).epsilon(1e-12));
        CHECK(std::abs(many.orness() - risk) < 1e-2);
    }
    CHECK_THROWS_AS(OrderWeights::of_risk(1.2, 3), zonerank::Error);
    CHECK_THROWS_AS(OrderWeights::of_risk(std::nan(""), 3), zonerank::Error);
}

TEST_CASE("order weights: read off for another number of members") {
    const OrderWeights four = of({0.4, 0.3, 0.2, 0.1});
    check(four.resized(4), {0.4, 0.3, 0.2, 0.1});
    check(four.resized(2), {0.7, 0.3});
    check(four.resized(1), {1});
    check(of({0.6, 0.4}).resized(4), {0.3, 0.3, 0.2, 0.2});
    check(of({0.6, 0.4}).resized(3), {0.4, 1.0 / 3, 0.8 / 3});
}
