// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/decision_matrix.hpp"

#include <doctest/doctest.h>

#include <vector>

using zonerank::engine::DecisionMatrix;

TEST_CASE("DecisionMatrix lies row by row") {
    const DecisionMatrix matrix{.alternatives = {"east", "west"},
                                .criteria = {"power", "rail", "slope"},
                                .weights = {0.5, 0.25, 0.25},
                                .senses = {},
                                .measurements = {1, 2, 3, 4, 5, 6},
                                .values = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}};
    CHECK(matrix.rows() == 2);
    CHECK(matrix.columns() == 3);
    CHECK(std::vector(matrix.measured(1).begin(), matrix.measured(1).end()) == std::vector<double>{4, 5, 6});
    CHECK(matrix.valued(0)[2] == 0.3);
    CHECK(first_rows(matrix, 1).alternatives == std::vector<std::string>{"east"});
    CHECK(first_rows(matrix, 1).values == std::vector<double>{0.1, 0.2, 0.3});
    CHECK(first_rows(matrix, 9).rows() == 2);
}
