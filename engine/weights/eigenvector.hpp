// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace zonerank::engine {

/// Saaty's judgements, as a full matrix: a[i][j] says how many times more i
/// matters than j. NaN: not judged.
using Judgements = std::vector<std::vector<double>>;

/// The largest eigenvalue of a matrix of positive numbers and its vector.
struct Principal {
    std::vector<double> vector; ///< sum 1, all positive
    double value = 0;
};

/// By power iteration, from `guess` (positive; none given: the geometric means of
/// the rows), until no entry changes by more than 1e-13 of itself. Throws Error for
/// a matrix so contradictory that 100,000 rounds are not enough.
Principal principal(const Judgements& matrix, std::vector<double> guess = {});

/// Geometric means of the rows, to sum 1 (Crawford and Williams 1985): the logarithmic
/// least squares answer of a full matrix.
std::vector<double> geometric_means(const Judgements& matrix);

/// Means of the columns, each divided by its sum: the classroom's way of AHP.
std::vector<double> column_means(const Judgements& matrix);

} // namespace zonerank::engine
