// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/missing_judgements.hpp"

#include "engine/weights/consistency.hpp"
#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace zonerank;
using engine::Judgements;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
const std::vector<std::string> letters{"a", "b", "c", "d", "e", "f"};

Judgements empty(std::size_t size) {
    Judgements matrix(size, std::vector<double>(size, none));
    for (std::size_t i = 0; i < size; ++i)
        matrix[i][i] = 1;
    return matrix;
}

void judge(Judgements& matrix, std::size_t i, std::size_t j, double judgement) {
    matrix[i][j] = judgement;
    matrix[j][i] = 1 / judgement;
}

engine::Filled fill(const Judgements& matrix) {
    return engine::fill_missing(matrix, std::span(letters).first(matrix.size()));
}

} // namespace

// Bozoki, Fulop and Ronyai 2010, Math. Comput. Modelling 52:318-333; numbers as in AHPy, test_incomplete_example.
TEST_CASE("missing judgements: published case, four with one missing (Bozoki, Fulop and Ronyai 2010)") {
    Judgements matrix = empty(4);
    judge(matrix, 0, 1, 1);
    judge(matrix, 0, 2, 5);
    judge(matrix, 0, 3, 2);
    judge(matrix, 1, 2, 3);
    judge(matrix, 1, 3, 4);
    const engine::Filled filled = fill(matrix);
    REQUIRE(filled.pairs.size() == 1);
    CHECK(filled.pairs[0] == std::pair<std::size_t, std::size_t>(2, 3));
    CHECK(std::abs(filled.matrix[2][3] - 0.730297106886979) <= 0.0001);
    const engine::Principal principal = engine::principal(filled.matrix);
    const double published[] = {0.3738, 0.3920, 0.0985, 0.1357};
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(std::abs(principal.vector[i] - published[i]) <= 0.0001);
    const double ratio = engine::consistency_index(filled.matrix) / engine::random_index_donegan_dodd(4);
    CHECK(std::abs(ratio - 0.0372) <= 0.0001);
}

TEST_CASE("missing judgements: a chain of judgements is filled in without contradiction") {
    Judgements matrix = empty(5);
    for (std::size_t i = 0; i + 1 < 5; ++i)
        judge(matrix, i, i + 1, 2);
    const engine::Filled filled = fill(matrix);
    CHECK(filled.pairs.size() == 6);
    for (std::size_t i = 0; i < 5; ++i)
        for (std::size_t j = 0; j < 5; ++j)
            CHECK(filled.matrix[i][j] == doctest::Approx(std::pow(2.0, double(j) - double(i))).epsilon(1e-10));
}

TEST_CASE("missing judgements: any other completion has a larger eigenvalue") {
    std::mt19937 random(12);
    for (int round = 0; round < 40; ++round) {
        Judgements matrix = empty(6);
        for (std::size_t i = 0; i + 1 < 6; ++i)
            judge(matrix, i, i + 1, static_cast<double>(1 + random() % 9));
        for (int extra = 0; extra < 4; ++extra)
            judge(matrix, random() % 3, 3 + random() % 3, 1.0 / static_cast<double>(1 + random() % 9));
        const engine::Filled filled = fill(matrix);
        const double least = engine::principal(filled.matrix).value;
        for (const auto& [i, j] : filled.pairs)
            for (const double factor : {0.5, 0.99, 1.01, 2.0}) {
                Judgements other = filled.matrix;
                judge(other, i, j, other[i][j] * factor);
                CHECK(engine::principal(other).value > least);
            }
    }
}

TEST_CASE("missing judgements: given ones stay, and none missing is none filled") {
    Judgements matrix = empty(3);
    judge(matrix, 0, 1, 3);
    judge(matrix, 0, 2, 7);
    const engine::Filled filled = fill(matrix);
    CHECK(filled.matrix[0][1] == 3);
    CHECK(filled.matrix[0][2] == 7);
    CHECK(filled.matrix[1][2] == doctest::Approx(7.0 / 3));
    CHECK(fill(filled.matrix).pairs.empty());
}

TEST_CASE("missing judgements: names that nothing joins are told in their groups") {
    Judgements matrix = empty(5);
    judge(matrix, 0, 3, 2);
    judge(matrix, 1, 4, 2);
    CHECK_THROWS_WITH_AS(
        fill(matrix), "no judgement joins 'a', 'd' | 'b', 'e' | 'c'; give one between them, such as 'a vs b'", Error);
    CHECK_THROWS_WITH_AS(
        fill(empty(6)),
        "no judgement joins 'a' | 'b' | 'c' | 'd' | 'e' | 1 more; give one between them, such as 'a vs b'", Error);
}
