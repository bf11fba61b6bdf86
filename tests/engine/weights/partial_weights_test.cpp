// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/partial_weights.hpp"

#include "engine/weights/rated_weights.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace zonerank;
using engine::Interval;
using engine::Orders;
using engine::Weighing;

namespace {

const std::vector<std::string> members{"power", "highway", "rail"};

Weighing fixed(const std::string& body) {
    return engine::fixed_weights(tests::yaml(body), members);
}

Weighing order(const std::string& body) {
    return engine::order_weights(tests::yaml(body), members);
}

template <typename F>
std::string refusal(F&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

std::string fixed_refusal(const std::string& body) {
    return refusal([&] { fixed(body); });
}

std::string order_refusal(const std::string& body) {
    return refusal([&] { order(body); });
}

/// Over every ranking that keeps the orders.
std::vector<double> by_permutations(const Orders& orders, std::size_t count) {
    const std::vector<double> places = engine::centroid_of_ranks(count);
    std::vector<std::size_t> place(count);
    std::iota(place.begin(), place.end(), 0);
    std::vector<double> sums(count);
    double kept = 0;
    do {
        if (!std::ranges::all_of(orders, [&](const auto& o) { return place[o.first] < place[o.second]; }))
            continue;
        ++kept;
        for (std::size_t i = 0; i < count; ++i)
            sums[i] += places[place[i]];
    } while (std::ranges::next_permutation(place).found);
    for (double& sum : sums)
        sum /= kept;
    return sums;
}

} // namespace

TEST_CASE("fixed: recorded numbers again, to the last bit") {
    const Weighing weighing = fixed("{power: 0.31000000000000005, highway: 0.4, rail: 0.29}");
    CHECK(weighing.weights[0] == 0.31000000000000005);
    CHECK(weighing.weights[1] == 0.4);
    CHECK(weighing.method == "fixed");
    CHECK(weighing.warnings.empty());
    CHECK(weighing.intervals.empty());
    CHECK(fixed("{power: 31 %, highway: 40 %, rail: 29 %}").weights[0] == doctest::Approx(0.31));
    const Weighing half = fixed("{power: 0.2, highway: 0.2, rail: 0.1}");
    CHECK(half.weights[0] == doctest::Approx(0.4));
    REQUIRE(half.warnings.size() == 1);
    CHECK(half.warnings[0] == "the weights add up to 0.5, not 1; they are scaled");
}

TEST_CASE("fixed: intervals narrow to what can sum to 1, and the weights are equally far along") {
    const Weighing weighing = fixed("{power: 40..80 %, highway: 20..90 %, rail: 10 %}");
    const std::vector<Interval> left{{0.4, 0.7}, {0.2, 0.5}, {0.1, 0.1}};
    REQUIRE(weighing.intervals.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(weighing.intervals[i].first == doctest::Approx(left[i].first));
        CHECK(weighing.intervals[i].second == doctest::Approx(left[i].second));
    }
    CHECK(weighing.weights[0] == doctest::Approx(0.55));
    CHECK(weighing.weights[1] == doctest::Approx(0.35));
    CHECK(weighing.weights[2] == doctest::Approx(0.1));
    CHECK(fixed("{power: 0.4..0.8, highway: 0.2 .. 0.9, rail: 0.1}").weights[0] == doctest::Approx(0.55));
}

TEST_CASE("fixed: random intervals hold their weights, which sum to 1") {
    std::mt19937 random(9);
    int kept = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<Interval> given;
        for (int i = 0; i < 5; ++i) {
            const double from = static_cast<double>(random() % 300) / 1000;
            given.emplace_back(from, from + static_cast<double>(random() % 300) / 1000);
        }
        std::vector<Interval> left;
        try {
            left = engine::feasible(given);
        } catch (const Error&) {
            continue;
        }
        ++kept;
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(left[i].first >= given[i].first);
            CHECK(left[i].second <= given[i].second);
            double others_least = 0, others_most = 0; // each end is reached by some weights
            for (std::size_t j = 0; j < 5; ++j)
                if (j != i) {
                    others_least += given[j].first;
                    others_most += given[j].second;
                }
            for (const double end : {left[i].first, left[i].second}) {
                CHECK(end + others_least <= 1 + 1e-9);
                CHECK(end + others_most >= 1 - 1e-9);
            }
        }
    }
    CHECK(kept > 50);
}

TEST_CASE("fixed: what can't be meant") {
    CHECK(fixed_refusal("{power: 50..60 %, highway: 50..60 %, rail: 10..20 %}") ==
          "the least weights add up to 110 %, more than 100 %");
    CHECK(fixed_refusal("{power: 10..20 %, highway: 20..30 %, rail: 10..20 %}") ==
          "the greatest weights add up to 70 %, less than 100 %");
    CHECK(fixed_refusal("{power: 60..20 %, highway: 20..30 %, rail: 10..20 %}") ==
          "'power': the interval 60..20 % runs backwards");
    CHECK(fixed_refusal("{power: 20..60, highway: 20..30, rail: 10}") ==
          "'power': beside intervals a weight is a share of all, 0..1 or 0..100 %, found 60");
    CHECK(fixed_refusal("{power: 20 %..60, highway: 20..30 %, rail: 10 %}") ==
          "'power': expected an interval such as 25..35 %, found '20 %..60'");
    CHECK(fixed_refusal("{power: 20..60 %, highway: 0.2, rail: 10 %}") ==
          "percentages and plain numbers can't stand side by side");
    CHECK(fixed_refusal("{power: 20..60 %, highway: 0.2}") ==
          "'rail' has no weight (0 leaves it out, 0..100 % says nothing of it)");
    CHECK(fixed_refusal("{power: ..60 %, highway: 20 %, rail: 20 %}").starts_with("'power': expected a number"));
    CHECK(fixed_refusal("{power: -10..60 %, highway: 20 %, rail: 20 %}") ==
          "'power': a weight must not be negative, found '-10'");
}

TEST_CASE("order: of all names, the rank order centroid") {
    const Weighing weighing = order("[highway, power, rail]");
    CHECK(weighing.weights[1] == doctest::Approx(11.0 / 18));
    CHECK(weighing.weights[0] == doctest::Approx(5.0 / 18));
    CHECK(weighing.weights[2] == doctest::Approx(2.0 / 18));
    CHECK(weighing.order == Orders{{0, 2}, {1, 0}});
    CHECK(order("[highway > power > rail]").order == weighing.order);
    CHECK(order("[power > rail, highway > power]").order == weighing.order);
}

TEST_CASE("order: what is left open is averaged over") {
    const Weighing one = order("[power > highway]"); // rankings prh, phr, rph
    CHECK(one.weights[0] == doctest::Approx((11 + 11 + 5) / 54.0));
    CHECK(one.weights[1] == doctest::Approx((5 + 2 + 2) / 54.0));
    CHECK(one.weights[2] == doctest::Approx((2 + 5 + 11) / 54.0));
}

TEST_CASE("order: the mean over all rankings, by trying each") {
    std::mt19937 random(10);
    for (int round = 0; round < 60; ++round) {
        const std::size_t count = 2 + random() % 6;
        Orders orders;
        for (std::size_t o = 0; o < random() % 6; ++o) {
            const std::size_t a = random() % count, b = random() % count;
            if (a < b)
                orders.emplace_back(a, b);
        }
        const auto expected = by_permutations(orders, count), found = engine::centroid(orders, count);
        for (std::size_t i = 0; i < count; ++i)
            CHECK(found[i] == doctest::Approx(expected[i]).epsilon(1e-12));
    }
}

TEST_CASE("order: a long list is no trouble, sixty names without any order are") {
    Orders chain;
    for (std::size_t i = 1; i < 60; ++i)
        chain.emplace_back(i - 1, i);
    CHECK(engine::centroid(chain, 60)[59] == doctest::Approx(1.0 / 3600));
    CHECK_THROWS_WITH_AS(engine::centroid({{0, 1}}, 60),
                         "the order leaves too much open to take the mean of all its weights; say more of it", Error);
    CHECK_THROWS_AS(engine::centroid({}, 64), Error);
}

TEST_CASE("order: what can't be meant") {
    CHECK(order_refusal("[power > highway, highway > rail, rail > power]") ==
          "the order goes round in a circle: 'power' > 'highway' > 'rail' > 'power'");
    CHECK(order_refusal("[highway > rail, rail > highway, power > rail]") ==
          "the order goes round in a circle: 'rail' > 'highway' > 'rail'");
    CHECK(order_refusal("[power > power]") == "the order goes round in a circle: 'power' > 'power'");
    CHECK(order_refusal("[power, highway, power]") ==
          "the order goes round in a circle: 'power' > 'highway' > 'power'");
    CHECK(order_refusal("[power, highway > rail]") ==
          "names alone and statements such as power > highway can't stand side by side");
    CHECK(order_refusal("[power > seaport]") == "unknown name 'seaport'; there is power, highway, rail");
    CHECK(order_refusal("power > rail").starts_with("expected names, most important first, or statements"));
    CHECK(order_refusal("[]").starts_with("expected names"));
    CHECK(order_refusal("[[power]]") == "expected a name or a statement such as power > highway, found a list");
}
