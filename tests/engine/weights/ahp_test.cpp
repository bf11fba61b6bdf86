// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/ahp.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <random>

using namespace zonerank;
using engine::Ahp;
using engine::Judgements;

namespace {

std::vector<std::string> letters(std::size_t size) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i)
        names.emplace_back(1, static_cast<char>('a' + i));
    return names;
}

Ahp solve(const Judgements& matrix) {
    return engine::ahp(matrix, letters(matrix.size()));
}

std::string refusal(const Judgements& matrix, const std::vector<std::string>& names) {
    try {
        engine::ahp(matrix, names);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

// Each entry of A w against lambda_max w: what an eigenvector is.
double residual(const Judgements& matrix, const Ahp& result) {
    double most = 0;
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        const double product = std::inner_product(matrix[i].begin(), matrix[i].end(), result.weights.begin(), 0.0);
        most = std::max(most, std::abs(product - result.lambda_max * result.weights[i]));
    }
    return most;
}

Judgements random_judgements(std::size_t size, std::mt19937& random) {
    Judgements matrix(size, std::vector<double>(size, 1));
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = i + 1; j < size; ++j) {
            const auto scale = static_cast<double>(1 + random() % 9);
            matrix[i][j] = random() % 2 ? scale : 1 / scale;
            matrix[j][i] = 1 / matrix[i][j];
        }
    return matrix;
}

const Judgements drinks{{1, 9, 5, 2, 1, 1, 1.0 / 2},
                        {1.0 / 9, 1, 1.0 / 3, 1.0 / 9, 1.0 / 9, 1.0 / 9, 1.0 / 9},
                        {1.0 / 5, 3, 1, 1.0 / 3, 1.0 / 4, 1.0 / 3, 1.0 / 9},
                        {1.0 / 2, 9, 3, 1, 1.0 / 2, 1, 1.0 / 3},
                        {1, 9, 4, 2, 1, 2, 1.0 / 2},
                        {1, 9, 3, 1, 1.0 / 2, 1, 1.0 / 3},
                        {2, 9, 9, 3, 2, 3, 1}};

} // namespace

TEST_CASE("AHP: every weight follows from the eigenvector's own definition") {
    std::mt19937 random(3);
    for (std::size_t size = 1; size <= 18; ++size) {
        const Judgements matrix = random_judgements(size, random);
        const Ahp result = solve(matrix);
        CAPTURE(size);
        CHECK(residual(matrix, result) < 1e-12);
        CHECK(std::accumulate(result.weights.begin(), result.weights.end(), 0.0) == doctest::Approx(1).epsilon(1e-14));
        CHECK(result.lambda_max >= static_cast<double>(size) - 1e-12);
        for (const double weight : result.weights)
            CHECK(weight > 0);
    }
}

TEST_CASE("AHP: none, one and two members") {
    CHECK(engine::ahp({}, {}).weights.size() == 0);
    CHECK(solve({{1}}).weights[0] == 1);
    const Ahp two = solve({{1, 3}, {1.0 / 3, 1}});
    CHECK(two.weights[0] == doctest::Approx(0.75).epsilon(1e-14));
    CHECK(two.consistency_index == 0);
    CHECK(two.consistency_ratio == 0);
}

// gluc/ahp (R), tests/testthat/test-Calculate.R.
TEST_CASE("AHP: published case, consistent judgements of three (gluc/ahp)") {
    const Ahp result = solve({{1, 6, 3}, {1.0 / 6, 1, 1.0 / 2}, {1.0 / 3, 2, 1}});
    CHECK(std::abs(result.weights[0] - 2.0 / 3) <= 1e-9);
    CHECK(std::abs(result.weights[1] - 1.0 / 9) <= 1e-9);
    CHECK(std::abs(result.weights[2] - 2.0 / 9) <= 1e-9);
    CHECK(std::abs(result.consistency_ratio) <= 1e-9);
}

// Saaty 2008, Int. J. Services Sciences 1(1):83-98; numbers as in PhilipGriffith/AHPy, tests/test_ahp.py.
// The ratio of 0.022 is by Saaty's own random indices (Donegan and Dodd's give 0.0235).
TEST_CASE("AHP: published case, which drink is consumed more in the USA (Saaty 2008)") {
    const Ahp result = solve(drinks);
    const double published[] = {0.1775, 0.0191, 0.0418, 0.1164, 0.1896, 0.1288, 0.3268};
    for (std::size_t i = 0; i < 7; ++i)
        CHECK(std::abs(result.weights[i] - published[i]) <= 0.00005);
    CHECK(result.lambda_max == doctest::Approx(7.17663).epsilon(1e-6));
    CHECK(std::abs(result.consistency_index - 0.02944) <= 0.00001);
    CHECK(std::abs(result.consistency_ratio - 0.022) <= 0.0005);
    CHECK(std::abs(result.consistency_index / engine::random_index_donegan_dodd(7) - 0.0235) <= 0.0005);
    CHECK(engine::random_index_source(7) == "Saaty 1980");
}

TEST_CASE("AHP: each method by its name, all three of judgements that agree alike") {
    std::mt19937 random(31);
    const Judgements matrix = random_judgements(6, random);
    const auto names = letters(6);
    const auto list = [](const engine::Weights& weights) {
        return std::vector<double>(weights.begin(), weights.end());
    };
    const Ahp result = solve(matrix);
    CHECK(list(result.weights) == list(result.eigenvector));
    CHECK(list(engine::ahp(matrix, names, engine::AhpMethod::geometric_mean).weights) == list(result.geometric_mean));
    CHECK(list(engine::ahp(matrix, names, engine::AhpMethod::column_mean).weights) == list(result.column_mean));
    CHECK(result.geometric_mean[0] != doctest::Approx(result.eigenvector[0]).epsilon(1e-4));
    const Ahp agreed = solve({{1, 6, 3}, {1.0 / 6, 1, 1.0 / 2}, {1.0 / 3, 2, 1}});
    for (const auto& weights : {agreed.geometric_mean, agreed.column_mean}) {
        CHECK(std::abs(weights[0] - 2.0 / 3) <= 1e-9); // gluc/ahp (R), by both of these
        CHECK(std::abs(weights[1] - 1.0 / 9) <= 1e-9);
        CHECK(std::abs(weights[2] - 2.0 / 9) <= 1e-9);
    }
}

TEST_CASE("AHP: in any order of the names, and turned round, weights follow") {
    std::mt19937 random(32);
    for (int round = 0; round < 30; ++round) {
        const std::size_t size = 3 + random() % 6;
        Judgements matrix = random_judgements(size, random);
        if (size > 4)
            matrix[0][size - 1] = matrix[size - 1][0] = std::nan("");
        Judgements turned = matrix;
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                turned[i][j] = matrix[size - 1 - i][size - 1 - j];
        const Ahp one = solve(matrix), other = solve(turned);
        for (std::size_t i = 0; i < size; ++i) {
            CHECK(one.eigenvector[i] == doctest::Approx(other.eigenvector[size - 1 - i]).epsilon(1e-8));
            CHECK(one.geometric_mean[i] == doctest::Approx(other.geometric_mean[size - 1 - i]).epsilon(1e-8));
            CHECK(one.column_mean[i] == doctest::Approx(other.column_mean[size - 1 - i]).epsilon(1e-8));
        }
    }
}

// quatrope/scikit-criteria, ahp_ext/test_ahp.py (test_cr): 0.02695 by means of normalised columns instead
// of the eigenvector, and a ratio of 0.0518 by a random index of 0.52 for three (Saaty's table has 0.58).
TEST_CASE("AHP: published case, consistency of three judgements by a random index of 0.52 (scikit-criteria)") {
    const Ahp result = solve({{1, 3, 3}, {1.0 / 3, 1, 2}, {1.0 / 3, 1.0 / 2, 1}});
    CHECK(std::abs(result.consistency_index - 0.02695218060897031) <= 0.001);
    CHECK(std::abs(result.consistency_index / 0.52 - 0.051829169847109106) <= 0.001);
    CHECK(result.consistency_ratio == doctest::Approx(result.consistency_index / 0.58));
}

// opengeos/geolibre-rust, geolibre-tools, pairwise_comparison_weights.rs (flags_inconsistent_matrix).
// Its 0.3333 for 1/3 must pass as reciprocal.
TEST_CASE("AHP: published case, judgements that go round in a circle (geolibre-rust)") {
    const Ahp result = solve({{1, 0.3333, 3}, {3, 1, 0.3333}, {0.3333, 3, 1}});
    CHECK(result.consistency_ratio > 0.1);
    for (const double weight : result.weights)
        CHECK(weight == doctest::Approx(1.0 / 3));
    // lambda_max of this circulant matrix is 1 + 3 + 1/3.
    CHECK(result.lambda_max == doctest::Approx(13.0 / 3).epsilon(1e-12));
    CHECK(result.consistency_ratio == doctest::Approx((13.0 / 3 - 3) / 2 / 0.58));
}

TEST_CASE("AHP: the judgement that fits worst is found and turned the right way") {
    // Weights of 8, 4, 2 and 1, but d is said to matter 3 times as much as a.
    const Ahp result = solve({{1, 2, 4, 1.0 / 3}, {0.5, 1, 2, 4}, {0.25, 0.5, 1, 2}, {3, 0.25, 0.5, 1}});
    CHECK(result.worst.i == 3);
    CHECK(result.worst.j == 0);
    CHECK(result.worst.given == 3);
    CHECK(result.worst.implied == doctest::Approx(result.weights[3] / result.weights[0]));
    const Ahp agreed = solve({{1, 2, 4}, {0.5, 1, 2}, {0.25, 0.5, 1}});
    CHECK(agreed.worst.i == agreed.worst.j);
    CHECK(agreed.worst.given == 1);
    CHECK(agreed.worst.implied == 1);
    // Three judgements disagree by the same factor each: the first is named.
    const Ahp three = solve({{1, 1, 1}, {1, 1, 5}, {1, 0.2, 1}});
    CHECK(three.worst.i == 0);
    CHECK(three.worst.j == 1);
}

TEST_CASE("AHP: the largest deviation, by trying every pair") {
    std::mt19937 random(17);
    for (int round = 0; round < 50; ++round) {
        const Judgements matrix = random_judgements(5, random);
        const Ahp result = solve(matrix);
        double most = 0;
        for (std::size_t i = 0; i < 5; ++i)
            for (std::size_t j = 0; j < 5; ++j)
                most = std::max(most, matrix[i][j] * result.weights[j] / result.weights[i]);
        const double ratio = result.worst.given / result.worst.implied;
        CHECK(std::max(ratio, 1 / ratio) == doctest::Approx(most));
        CHECK(result.worst.given >= 1);
    }
}

TEST_CASE("AHP: rounded inverses pass, and the whole number counts") {
    const Ahp exact = solve({{1, 3, 9}, {1.0 / 3, 1, 7}, {1.0 / 9, 1.0 / 7, 1}});
    const Ahp rounded = solve({{1, 3, 9}, {0.33, 1, 7}, {0.11, 0.14, 1}});
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(rounded.weights[i] == exact.weights[i]);
    CHECK(solve({{1, 0.13}, {8, 1}}).weights[1] == doctest::Approx(8.0 / 9)); // 0.125, rounded
    CHECK(refusal({{1, 0.12}, {9, 1}}, {"a", "b"}) != "accepted");
    CHECK(refusal({{1, 50}, {0.0209, 1}}, {"a", "b"}) == "accepted");
    CHECK(refusal({{1, 50}, {0.022, 1}}, {"a", "b"}) != "accepted");
}

TEST_CASE("AHP: a matrix that can't be meant names the cells") {
    const std::vector<std::string> two{"power", "highway"};
    CHECK(refusal({{1, 3}, {0.5, 1}}, two) ==
          "'power vs highway' is 3, but 'highway vs power' is 1/2; one must be the inverse of the other (1/3)");
    CHECK(refusal({{1, 2}, {3, 1}}, two) ==
          "'power vs highway' is 2, but 'highway vs power' is 3; one must be the inverse of the other (1/2)");
    CHECK(refusal({{1, 1}, {3, 1}}, two) ==
          "'power vs highway' is 1, but 'highway vs power' is 3; one must be the inverse of the other (1)");
    CHECK(refusal({{1, 2}, {0, 1}}, two) == "'highway vs power' is 0; a judgement must be above 0");
    CHECK(refusal({{1, 0}, {3, 1}}, two) == "'power vs highway' is 0; a judgement must be above 0");
    CHECK(refusal({{1, -2}, {-0.5, 1}}, two) == "'power vs highway' is -2; a judgement must be above 0");
    CHECK(refusal({{1, std::nan("")}, {1, 1}}, two) == "'power vs highway' is nan; a judgement must be above 0");
    CHECK(refusal({{std::nan("")}}, letters(1)) == "'a vs a' is nan; a judgement must be above 0");
    CHECK(refusal({{1, 1}, {1, 2}}, two) == "'highway vs highway' is 2; it must be 1");
    CHECK(refusal({{1, 2, 3}, {0.5, 1, 2}}, two) == "the matrix needs 2 rows of 2 numbers");
    CHECK(refusal({{1}}, two) == "the matrix needs 2 rows of 2 numbers");
    CHECK(refusal({{1, 1e9, 1e-9}, {1e-9, 1, 1e9}, {1e9, 1e-9, 1}}, letters(3)) == "accepted"); // a perfect circle
    const Judgements hopeless{
        {1, 1e-7, 2e-6, 1e8}, {1e7, 1, 3e7, 1e-5}, {5e5, 1 / 3e7, 1, 3e-9}, {1e-8, 1e5, 1 / 3e-9, 1}};
    CHECK(refusal(hopeless, letters(4)) ==
          "the judgements contradict each other so much that no weights follow from them");
}
