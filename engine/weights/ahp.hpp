// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/consistency.hpp"
#include "engine/weights/weights.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// The judgement that fits the weights worst: i against j, turned so that the
/// ratio given is 1 or more; i is j when all judgements agree.
struct WorstJudgement {
    std::size_t i = 0, j = 0;
    double given = 1, implied = 1; ///< the ratio given, and that of the weights
};

/// How weights follow from full judgements. All three agree when the judgements do.
enum class AhpMethod { eigenvector, geometric_mean, column_mean };

/// Analytic hierarchy process (Saaty 1977, 1980). Whatever the method, the consistency
/// ratio is that of the eigenvalue: (lambda_max - n) / (n - 1) / random_index(n).
struct Ahp {
    Weights weights;                                  ///< by the method chosen
    Weights eigenvector, geometric_mean, column_mean; ///< by each
    double lambda_max = 0;                            ///< n when the judgements agree, more when they don't
    double consistency_index = 0;
    double consistency_ratio = 0; ///< above 0.10 the judgements contradict each other
    WorstJudgement worst;
    Judgements matrix;                                       ///< full and reciprocal
    std::vector<std::pair<std::size_t, std::size_t>> filled; ///< pairs that were not judged, see fill_missing()
};

/// `names`: of the rows, for messages. An entry and its mirror image may differ
/// by rounding (0.33 for 1/3: two decimals, and 5 %); the one of 1 or more counts.
/// NaN both ways: not judged. Throws Error when the matrix is not square, has an
/// entry of 0 or below, a diagonal other than 1, is not reciprocal (naming the pair),
/// leaves names that no judgement joins, or is so contradictory that no eigenvector
/// is found. Thread-safe.
Ahp ahp(const Judgements& judgements, std::span<const std::string> names, AhpMethod method = AhpMethod::eigenvector);

/// The checks of ahp() alone, and the exact mirror images.
Judgements checked_judgements(Judgements matrix, std::span<const std::string> names);

} // namespace zonerank::engine
