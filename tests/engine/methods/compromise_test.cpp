// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/compromise.hpp"

#include "tests/support/methods.hpp"

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

TEST_CASE("TOPSIS with vector normalisation: Tzeng and Huang 2011") {
    const auto input = input_of({{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}}, {0.3, 0.4, 0.3}, {1, 1, 1});
    const Outcome outcome = topsis(input, Normalisation::vector);
    check_near(outcome.figures, {0.5037, 0.6581, 0.7482, 0.334}, 1e-4);
    CHECK(outcome.ranks == std::vector{3, 2, 1, 4});
}

TEST_CASE("TOPSIS with min-max normalisation: Opricovic and Tzeng 2004") {
    const auto input = input_of({{1, 3000}, {2, 3750}, {5, 4500}}, {0.5, 0.5}, {-1, 1});
    const Outcome outcome = topsis(input, Normalisation::minmax);
    check_near(outcome.figures, {0.5, 0.617, 0.5}, 5e-4);
    CHECK(outcome.ranks == std::vector{2, 1, 2});
}

TEST_CASE("VIKOR with v = 0.625: Papathanasiou and Ploskas 2018, facility location") {
    const auto input = input_of({{8, 7, 2, 1}, {5, 3, 7, 5}, {7, 5, 6, 4}, {9, 9, 7, 3}, {11, 10, 3, 7}, {6, 9, 5, 4}},
                                {0.4, 0.3, 0.1, 0.2}, {1, 1, 1, 1});
    check_near(vikor(input, 0.625).figures, {0.64, 1.0, 0.693, 0.271, 0.0, 0.694}, 5e-4);
}

TEST_CASE("VIKOR: Yang and Wu 2020; Opricovic and Tzeng 2004") {
    const auto yang = input_of({{78, 56, 34, 6}, {4, 45, 3, 97}, {18, 2, 50, 63}, {9, 14, 11, 92}, {85, 9, 100, 29}},
                               {0.25, 0.25, 0.25, 0.25}, {1, 1, 1, 1});
    check_near(vikor(yang, 0.5).figures, {0.5679, 0.7667, 1, 0.7493, 0}, 1e-4);
    const auto mountain = input_of({{1, 3000}, {2, 3750}, {5, 4500}}, {0.5, 0.5}, {-1, 1});
    check_near(vikor(mountain, 0.5).figures, {1, 0, 1}, 1e-12);
}

TEST_CASE("VIKOR's compromise: one with a clear lead, else all that are level") {
    const auto clear = input_of({{10, 10}, {1, 1}, {0, 2}}, {0.5, 0.5}, {1, 1});
    CHECK(vikor(clear, 0.5).remarks.front().starts_with("A is the compromise"));
    // Q = 0, 0.1111, 1: less than 1 / 2 ahead of B.
    const auto close = input_of({{10, 10}, {9, 9}, {1, 1}}, {0.5, 0.5}, {1, 1});
    CHECK(vikor(close, 0.5).remarks.front() == "no single compromise: A, B are level (the lead is too small, C1)");
}

TEST_CASE("criteria that tell no site apart make no difference, and never a NaN") {
    const auto constant = input_of({{3, 0}, {3, 0}}, {0.5, 0.5}, {1, -1});
    for (const Normalisation normalisation : {Normalisation::vector, Normalisation::minmax, Normalisation::none}) {
        check_near(topsis(constant, normalisation).figures, {0.5, 0.5}, 0);
        CHECK(topsis(constant, normalisation).ranks == std::vector{1, 1});
    }
    check_near(vikor(constant, 0.5).figures, {0, 0}, 0);
    const auto one = input_of({{3, 0}}, {0.5, 0.5}, {1, -1});
    CHECK(topsis(one, Normalisation::vector).ranks == std::vector{1});
    CHECK(vikor(one, 0.5).ranks == std::vector{1});
}
