// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/weights.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// Saaty's judgements, as a full matrix: a[i][j] says how many times more i
/// matters than j.
using Judgements = std::vector<std::vector<double>>;

/// The judgement that fits the weights worst: i against j, turned so that the
/// ratio given is 1 or more; i is j when all judgements agree.
struct WorstJudgement {
    std::size_t i = 0, j = 0;
    double given = 1, implied = 1; ///< the ratio given, and that of the weights
};

/// Analytic hierarchy process: weights are the principal eigenvector, the
/// consistency ratio is (lambda_max - n) / (n - 1) / random_index(n) (Saaty 1977, 1980).
struct Ahp {
    Weights weights;
    double lambda_max = 0; ///< n when the judgements agree, more when they don't
    double consistency_index = 0;
    double consistency_ratio = 0; ///< above 0.10 the judgements contradict each other
    WorstJudgement worst;
};

/// `names`: of the rows, for messages. An entry and its mirror image may differ
/// by rounding (0.33 for 1/3: two decimals, and 5 %); the one of 1 or more counts.
/// Throws Error when the matrix is not square, has an entry of 0 or below or none
/// at all, a diagonal other than 1, is not reciprocal (naming the pair), or is so
/// contradictory that no eigenvector is found.
Ahp ahp(const Judgements& matrix, std::span<const std::string> names);

/// Mean consistency index of random matrices: up to 15 the table of Saaty 1980
/// (0 for 1 and 2), beyond it the regression of Alonso and Lamata 2006.
double random_index(std::size_t size);
std::string_view random_index_source(std::size_t size); ///< "Saaty 1980"

} // namespace zonerank::engine
