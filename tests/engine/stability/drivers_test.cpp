// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/drivers.hpp"

#include "engine/stability/score_spread.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace zonerank;
using doctest::Approx;
using engine::DecisionMatrix;
using engine::Drivers;

namespace {

DecisionMatrix matrix_of(std::vector<double> weights, std::vector<double> values) {
    DecisionMatrix matrix{.weights = std::move(weights), .values = std::move(values)};
    for (std::size_t i = 0; i < matrix.weights.size(); ++i)
        matrix.criteria.push_back(std::string(1, static_cast<char>('a' + i)));
    matrix.alternatives.resize(matrix.values.size() / matrix.weights.size(), "site");
    return matrix;
}

/// Sum of points x value, not scaled: without interactions, so that the indices are known.
double plain_sum(std::span<const double> values, std::span<const double> points) {
    return std::inner_product(values.begin(), values.end(), points.begin(), 0.0);
}

double mean(std::span<const double> values, std::span<const double> points) {
    return plain_sum(values, points) / std::accumulate(points.begin(), points.end(), 0.0);
}

} // namespace

TEST_CASE("drivers of a plain sum: shares of the variance of its terms, with nothing together") {
    // A gamma of shape s has the variance s.
    const DecisionMatrix matrix = matrix_of({0.5, 0.3, 0.2}, {0.2, 0.9, 0.5});
    const Drivers found = drivers(matrix, plain_sum, 10, 20'000, 1)[0];
    const std::vector<double> parts{5 * 0.04, 3 * 0.81, 2 * 0.25};
    const double all = parts[0] + parts[1] + parts[2];
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(std::abs(found.first[i] - parts[i] / all) < 0.03);
        CHECK(std::abs(found.total[i] - parts[i] / all) < 0.03);
    }
}

TEST_CASE("drivers of a product of points: together more than alone, by hand") {
    // Of x y with means m and variances v: first of x is v m^2 / (2 v m^2 + v^2), total adds v^2.
    const DecisionMatrix matrix = matrix_of({0.5, 0.5}, {1, 1});
    const auto product = [](std::span<const double>, std::span<const double> points) { return points[0] * points[1]; };
    const Drivers found = drivers(matrix, product, 4, 40'000, 2)[0]; // shapes 2: means and variances 2
    const double first = 2.0 * 4 / (2 * 2.0 * 4 + 4), total = (2.0 * 4 + 4) / (2 * 2.0 * 4 + 4);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(std::abs(found.first[i] - first) < 0.04);
        CHECK(std::abs(found.total[i] - total) < 0.04);
    }
}

TEST_CASE(
    "drivers of a weighted mean: the largest is that of the exact shares; criteria without weight drive nothing") {
    const DecisionMatrix matrix = matrix_of({0.5, 0.3, 0.2, 0}, {0.9, 0.2, 0.6, 1, 0.3, 0.3, 0.9, 0});
    const std::vector<Drivers> rows = drivers(matrix, mean, 40, 4000, 3);
    std::vector<double> covariance;
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t k = 0; k < 4; ++k)
            covariance.push_back(((i == k) * matrix.weights[i] - matrix.weights[i] * matrix.weights[k]) / 41);
    const engine::WeightMoments moments(matrix.weights, covariance);
    for (std::size_t row = 0; row < 2; ++row) {
        const std::vector<double> exact = moments.shares(matrix.valued(row));
        const auto largest = std::ranges::max_element(exact) - exact.begin();
        CHECK(std::ranges::max_element(rows[row].total) - rows[row].total.begin() == largest);
        CHECK(rows[row].total[3] == 0);
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(std::abs(rows[row].first[i] - exact[i]) < 0.08); // nearly a straight line so near the weights
    }
}

TEST_CASE("drivers: none where all values are one") {
    const DecisionMatrix matrix = matrix_of({0.5, 0.5}, {0.4, 0.4});
    const Drivers found = drivers(matrix, mean, 10, 100, 1)[0];
    CHECK(found.first == std::vector<double>{0, 0});
    CHECK(found.total == std::vector<double>{0, 0});
}
