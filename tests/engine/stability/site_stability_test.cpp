// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/site_stability.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace zonerank::engine;

namespace {

double sum(std::span<const double> values, std::span<const double> weights) {
    return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0);
}

const DecisionMatrix& four_sites() {
    static const DecisionMatrix matrix{.alternatives = {"A", "B", "C", "D"},
                                       .criteria = {"power", "roads"},
                                       .weights = {0.6, 0.4},
                                       .senses = {Sense::more, Sense::more},
                                       .measurements = {1, 0.2, 0.3, 0.9, 0.4, 0.4, 0.2, 0.1},
                                       .values = {1, 0.2, 0.3, 0.9, 0.4, 0.4, 0.2, 0.1}};
    return matrix;
}

} // namespace

TEST_CASE("site stability: two rivals, one between them, one that is worse everywhere") {
    const DecisionMatrix& matrix = four_sites();
    const WeightSpace all = WeightSpace::uniform(matrix.weights);
    const SiteStability found =
        site_stability({.matrix = &matrix, .weights = &all, .score = sum, .draws = 20'000, .seed = 2});
    REQUIRE(found.exact);
    // A leads B by 0.7 p - 0.7 (1 - p): level at a half
    CHECK(found.sites[0].to_lose.moved == doctest::Approx(0.1));
    CHECK(found.sites[0].to_lose.rival == 1);
    CHECK(std::abs(found.smaa.share(0, 1) - 0.5) < 0.012);
    CHECK(std::abs(found.smaa.share(1, 1) - 0.5) < 0.012);
    CHECK(found.sites[1].to_first.moved == doctest::Approx(0.1));
    CHECK(std::isnan(found.sites[2].to_first.moved));
    CHECK(found.sites[2].greatest_lead < 0);
    CHECK(!found.sites[2].dominated_by); // by a mixture alone
    CHECK(found.sites[3].dominated_by == 0);
    CHECK(found.sites[3].dominated_by_count == 3);
    CHECK(found.sites[3].to_rise.rival == 2);
    CHECK(std::isnan(found.sites[3].to_rise.moved));
    CHECK(found.reversals.empty());
    REQUIRE(found.ranges.size() == 2);
    CHECK(found.ranges[0].least == doctest::Approx(0.5));
    CHECK(found.ranges[0].below == 1);
    CHECK(found.ranges[0].most == 1);
}

TEST_CASE("site stability: other aggregations have shares, and no exact changes") {
    const DecisionMatrix& matrix = four_sites();
    const WeightSpace all = WeightSpace::uniform(matrix.weights);
    const auto least = [](std::span<const double> values, std::span<const double>) {
        return *std::ranges::min_element(values);
    };
    const SiteStability found =
        site_stability({.matrix = &matrix, .weights = &all, .score = least, .additive = false, .draws = 100});
    CHECK(!found.exact);
    CHECK(found.ranges.empty());
    CHECK(std::isnan(found.sites[0].to_lose.moved));
    CHECK(found.smaa.share(2, 1) == 1);
    CHECK(found.sites[2].rank == 1);
    CHECK(found.sites[0].rank == 3);
}

TEST_CASE("site stability: a gap in the values is left to the scorer") {
    DecisionMatrix matrix = four_sites();
    matrix.values[0] = NAN;
    const WeightSpace all = WeightSpace::uniform(matrix.weights);
    const auto known = [](std::span<const double> v, std::span<const double> w) {
        return std::isnan(v[0]) ? v[1] : sum(v, w);
    };
    const SiteStability found = site_stability({.matrix = &matrix, .weights = &all, .score = known, .draws = 100});
    CHECK(!found.exact);
    CHECK(found.smaa.share(1, 1) > 0.8); // where roads weigh more than a seventh;
}

TEST_CASE("site stability: one site") {
    DecisionMatrix matrix = four_sites();
    matrix.alternatives.resize(1);
    matrix.values.resize(2);
    const WeightSpace all = WeightSpace::uniform(matrix.weights);
    const SiteStability found = site_stability({.matrix = &matrix, .weights = &all, .score = sum, .draws = 10});
    CHECK(found.smaa.share(0, 1) == 1);
    CHECK(std::isnan(found.sites[0].to_lose.moved));
    CHECK(found.sites[0].greatest_lead == 1);
}

TEST_CASE("site stability: sites and criteria in another order, the same exact figures") {
    const DecisionMatrix& matrix = four_sites();
    const DecisionMatrix turned{.alternatives = {"D", "B", "A", "C"},
                                .criteria = {"roads", "power"},
                                .weights = {0.4, 0.6},
                                .senses = matrix.senses,
                                .measurements = {0.1, 0.2, 0.9, 0.3, 0.2, 1, 0.4, 0.4},
                                .values = {0.1, 0.2, 0.9, 0.3, 0.2, 1, 0.4, 0.4}};
    const WeightSpace one = WeightSpace::ordinal(matrix.weights), other = WeightSpace::ordinal(turned.weights);
    const SiteStability a = site_stability({.matrix = &matrix, .weights = &one, .score = sum, .draws = 20'000});
    const SiteStability b = site_stability({.matrix = &turned, .weights = &other, .score = sum, .draws = 20'000});
    const std::size_t place[] = {2, 1, 3, 0};
    for (std::size_t i = 0; i < 4; ++i) {
        const SitePlace &x = a.sites[i], &y = b.sites[place[i]];
        CHECK(x.rank == y.rank);
        CHECK(x.greatest_lead == doctest::Approx(y.greatest_lead).epsilon(1e-9));
        CHECK(std::isnan(x.to_lose.moved) == std::isnan(y.to_lose.moved));
        if (!std::isnan(x.to_lose.moved))
            CHECK(x.to_lose.moved == doctest::Approx(y.to_lose.moved).epsilon(1e-9));
        CHECK(std::abs(a.smaa.share(i, 1) - b.smaa.share(place[i], 1)) < 0.015);
    }
}
