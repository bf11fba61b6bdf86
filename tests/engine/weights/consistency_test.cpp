// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/consistency.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Disagreement;
using engine::Judgements;

static const Judgements four{
    {1, 1.0 / 4, 4, 1.0 / 6}, {4, 1, 4, 1.0 / 4}, {1.0 / 4, 1.0 / 4, 1, 1.0 / 5}, {6, 4, 5, 1}};

// Koczkodaj 1993; Siraj, Mikhailov and Keane 2015; numbers as in R package MCDA, tests/pairwiseConsistencyMeasures.R.
TEST_CASE("consistency: published case, Koczkodaj, congruence and dissonance of four (R MCDA)") {
    const Disagreement apart = engine::disagreement(four);
    CHECK(std::abs(apart.koczkodaj - 0.792) <= 0.0005);
    CHECK(std::abs(apart.congruence - 1.275) <= 0.0005);
    CHECK(std::abs(apart.dissonance - 0.083) <= 0.0005);
}

// The same test's ratio is by the random index of Aguaron and Moreno-Jimenez 2003 (EJOR 147:137-145), 0.882 for
// four, which R package MCDA takes; Saaty's table has 0.90: 0.161.
TEST_CASE("consistency: published case, ratio of four by the index of Aguaron and Moreno-Jimenez 2003 (R MCDA)") {
    CHECK(std::abs(engine::consistency_index(four) / 0.882 - 0.164) <= 0.0005);
}

TEST_CASE("consistency: judgements that agree, and fewer than three, don't disagree") {
    for (const Judgements& matrix : {Judgements{}, Judgements{{1}}, Judgements{{1, 3}, {1.0 / 3, 1}},
                                     Judgements{{1, 2, 6}, {0.5, 1, 3}, {1.0 / 6, 1.0 / 3, 1}}}) {
        const Disagreement apart = engine::disagreement(matrix);
        CHECK(apart.koczkodaj == 0);
        CHECK(apart.congruence == doctest::Approx(0));
        CHECK(apart.dissonance == 0);
        CHECK(apart.triad[0] == apart.triad[2]);
        CHECK(engine::consistency_index(matrix) == doctest::Approx(0));
        CHECK(engine::mend(matrix, apart.triad).i == engine::mend(matrix, apart.triad).j);
    }
}

TEST_CASE("consistency: a circle turns every pair round") {
    const Judgements circle{{1, 2, 0.5}, {0.5, 1, 2}, {2, 0.5, 1}};
    const Disagreement apart = engine::disagreement(circle);
    CHECK(apart.dissonance == 1);
    CHECK(apart.congruence == doctest::Approx(std::log(8)));
    CHECK(apart.koczkodaj == doctest::Approx(1 - 1.0 / 8));
}

TEST_CASE("consistency: one slip among judgements that agree is found and mended") {
    // Weights of 8, 4, 2 and 1, but d is said to matter 3 times as much as a.
    const Judgements slip{{1, 2, 4, 1.0 / 3}, {0.5, 1, 2, 4}, {0.25, 0.5, 1, 2}, {3, 0.25, 0.5, 1}};
    const Disagreement apart = engine::disagreement(slip);
    CHECK(apart.triad[0] == 0);
    CHECK(apart.triad[2] == 3);
    const engine::Mend change = engine::mend(slip, apart.triad);
    CHECK(change.i == 0);
    CHECK(change.j == 3);
    CHECK(change.given == doctest::Approx(1.0 / 3));
    CHECK(change.judgement == doctest::Approx(8));
    CHECK(change.consistency_ratio == doctest::Approx(0));
}

TEST_CASE("consistency: what would mend three is rounded to two digits, and its ratio is of that") {
    const Judgements three{{1, 3, 1.0 / 5}, {1.0 / 3, 1, 7}, {5, 1.0 / 7, 1}};
    const engine::Mend change = engine::mend(three, engine::disagreement(three).triad);
    Judgements with = three;
    with[change.i][change.j] = change.judgement;
    with[change.j][change.i] = 1 / change.judgement;
    CHECK(change.consistency_ratio == doctest::Approx(engine::consistency_index(with) / engine::random_index(3)));
    CHECK(change.consistency_ratio < 0.01);
    CHECK(change.judgement >= 1);
}

// Saaty 1980; beyond it Alonso and Lamata 2006 (their regression, eq. 11), which at 15 is near Saaty's 1.59.
TEST_CASE("consistency: random indices") {
    const double table[] = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};
    for (std::size_t n = 0; n < 16; ++n)
        CHECK(engine::random_index(n) == table[n]);
    CHECK(engine::random_index_source(15) == "Saaty 1980");
    CHECK(engine::random_index(16) == doctest::Approx((2.7699 * 16 - 4.3513 - 16) / 15));
    CHECK(engine::random_index(16) == doctest::Approx(1.59).epsilon(0.01));
    CHECK(engine::random_index_source(16) == "Alonso and Lamata 2006");
    CHECK(engine::random_index_donegan_dodd(3) == 0.4914);
    CHECK(engine::random_index_donegan_dodd(20) == 1.5371);
    CHECK(std::isnan(engine::random_index_donegan_dodd(2)));
    CHECK(std::isnan(engine::random_index_donegan_dodd(21)));
}
