// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/linear_equations.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace zonerank;
using engine::solve;
using engine::SquareMatrix;

TEST_CASE("linear equations: a zero pivot is not the end") {
    const auto x = solve({{0, 2}, {3, 1}}, {4, 5});
    REQUIRE(x);
    CHECK((*x)[0] == doctest::Approx(1));
    CHECK((*x)[1] == doctest::Approx(2));
}

TEST_CASE("linear equations: none or many answers are told") {
    CHECK_FALSE(solve({{1, 2}, {2, 4}}, {1, 2}));
    CHECK_FALSE(solve({{1, 2}, {2, 4}}, {1, 3}));
    CHECK_FALSE(solve({{0}}, {0}));
    CHECK(solve({}, {}));
}

TEST_CASE("linear equations: put in, the answers give the right side") {
    std::mt19937 random(8);
    const auto number = [&] { return static_cast<double>(random() % 2001) / 100 - 10; };
    for (std::size_t size = 1; size < 12; ++size) {
        SquareMatrix matrix(size, std::vector<double>(size));
        std::vector<double> right(size);
        for (std::size_t i = 0; i < size; ++i) {
            for (double& entry : matrix[i])
                entry = number();
            right[i] = number();
        }
        const auto x = solve(matrix, right);
        REQUIRE(x);
        for (std::size_t i = 0; i < size; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < size; ++j)
                sum += matrix[i][j] * (*x)[j];
            CHECK(sum == doctest::Approx(right[i]).epsilon(1e-9));
        }
    }
}
