// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/aggregation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace zonerank;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

engine::Aggregation make(std::string_view name) {
    return layers::find(engine::aggregations(), "aggregation", name).make({});
}

double one(std::string_view name, std::vector<double> values, std::vector<double> weights) {
    return make(name).fold_one(values, weights);
}

using Rows = std::vector<std::vector<float>>;

std::vector<float> fold(const engine::Aggregation& aggregation, const Rows& rows, const std::vector<double>& weights,
                        std::size_t begin, std::size_t count) {
    std::vector<std::span<const float>> members;
    for (const auto& row : rows)
        members.push_back(std::span(row).subspan(begin, count));
    std::vector<float> score(count + 1, -1.0F);
    aggregation.fold(members, weights, std::span(score).first(count));
    CHECK(score.back() == -1); // nothing is written past the end
    score.pop_back();
    return score;
}

// Values in 0 .. 1 with whole zeros and ones among them; every sixth is missing if `gaps`.
Rows random_rows(std::size_t members, std::size_t cells, bool gaps) {
    std::mt19937 random(5);
    Rows rows(members, std::vector<float>(cells));
    for (auto& row : rows)
        for (float& value : row) {
            value = static_cast<float>(random() % 1001) / 1000.0F;
            if (gaps && random() % 6 == 0)
                value = std::nanf("");
        }
    return rows;
}

double cell(const engine::Aggregation& aggregation, const Rows& rows, const std::vector<double>& weights,
            std::size_t c) {
    std::vector<double> values;
    for (const auto& row : rows)
        values.push_back(row[c]);
    return aggregation.fold_one(values, weights);
}

} // namespace

TEST_CASE("aggregation: the table says which methods add up") {
    REQUIRE(engine::aggregations().size() == 3);
    for (const auto& kind : engine::aggregations()) {
        CHECK(kind.make({}).additive == (kind.name == "weighted sum"));
        CHECK(kind.make({}).allows_gaps);
        CHECK_FALSE(kind.source.empty());
    }
}

TEST_CASE("aggregation: by hand") {
    CHECK(one("weighted sum", {1, 0.5, 0}, {0.5, 0.25, 0.25}) == doctest::Approx(0.625));
    CHECK(one("weighted product", {0.25, 1}, {0.5, 0.5}) == doctest::Approx(0.5));
    CHECK(one("weighted product", {0.5, 0.8, 0.2}, {0.2, 0.3, 0.5}) ==
          doctest::Approx(std::pow(0.5, 0.2) * std::pow(0.8, 0.3) * std::pow(0.2, 0.5)));
    CHECK(one("minimum", {0.7, 0.3, 0.9}, {0.1, 0.1, 0.8}) == 0.3);
    CHECK(one("minimum", {0.3, 0.7, 0.9}, {0.1, 0.1, 0.8}) == 0.3);
}

TEST_CASE("aggregation: weights may be on any scale") {
    CHECK(one("weighted sum", {1, 0.5, 0}, {2, 1, 1}) == doctest::Approx(0.625));
    CHECK(one("weighted product", {0.25, 1}, {30, 30}) == doctest::Approx(0.5));
}

TEST_CASE("aggregation: a gap is left out and the other weights rescaled") {
    CHECK(one("weighted sum", {gap, 0.5, 0}, {0.5, 0.25, 0.25}) == doctest::Approx(0.25));
    CHECK(one("weighted product", {0.25, gap, 1}, {0.25, 0.5, 0.25}) == doctest::Approx(0.5));
    CHECK(one("minimum", {gap, 0.5, 0.4}, {0.5, 0.25, 0.25}) == 0.4);
    CHECK(one("minimum", {0.4, gap}, {0.5, 0.5}) == 0.4);
    for (const auto& kind : engine::aggregations()) {
        CHECK(std::isnan(one(kind.name, {gap, gap}, {0.5, 0.5})));
        CHECK(std::isnan(one(kind.name, {}, {})));
    }
}

TEST_CASE("aggregation: a member of weight 0 does not count") {
    for (const auto& kind : engine::aggregations()) {
        CAPTURE(kind.name);
        CHECK(one(kind.name, {0, 0.4, 0.4}, {0, 0.5, 0.5}) == doctest::Approx(0.4));
        CHECK(one(kind.name, {gap, 0.4, 0.4}, {0, 0.5, 0.5}) == doctest::Approx(0.4));
        CHECK(std::isnan(one(kind.name, {0.4, gap}, {0, 1})));
    }
}

TEST_CASE("aggregation: a 0 that counts makes the product 0, exactly") {
    CHECK(one("weighted product", {0, 1, 1}, {0.001, 0.5, 0.499}) == 0);
    CHECK(one("weighted product", {1, 1}, {0.3, 0.7}) == 1);
}

TEST_CASE("aggregation: runs of cells agree with single ones to the bit, wherever they start") {
    const std::vector<double> weights{0.1, 0.0, 0.37, 0.23, 0.3};
    for (const bool gaps : {false, true}) {
        const Rows rows = random_rows(weights.size(), 1300, gaps);
        for (const auto& kind : engine::aggregations()) {
            const engine::Aggregation aggregation = kind.make({});
            for (const std::size_t begin : {std::size_t{0}, std::size_t{1}, std::size_t{513}, std::size_t{1299}}) {
                const auto score = fold(aggregation, rows, weights, begin, rows[0].size() - begin);
                std::size_t differ = 0;
                for (std::size_t i = 0; i < score.size(); ++i) {
                    const auto expected = static_cast<float>(cell(aggregation, rows, weights, begin + i));
                    differ += std::bit_cast<std::uint32_t>(score[i]) != std::bit_cast<std::uint32_t>(expected);
                }
                CAPTURE(kind.name);
                CAPTURE(begin);
                CHECK(differ == 0);
            }
        }
    }
}

TEST_CASE("aggregation: between the worst and the best, and the product below the sum") {
    const std::vector<double> weights{0.2, 0.3, 0.5};
    const Rows rows = random_rows(3, 500, false);
    for (std::size_t c = 0; c < 500; ++c) {
        const double least = std::min({rows[0][c], rows[1][c], rows[2][c]});
        const double most = std::max({rows[0][c], rows[1][c], rows[2][c]});
        const double sum = cell(make("weighted sum"), rows, weights, c);
        const double product = cell(make("weighted product"), rows, weights, c);
        CHECK(cell(make("minimum"), rows, weights, c) == least);
        CHECK(sum <= most + 1e-12);
        CHECK(product <= sum + 1e-12); // inequality of weighted means
        CHECK(product >= least - 1e-12);
    }
}
