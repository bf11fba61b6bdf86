// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace zonerank::engine {

using SquareMatrix = std::vector<std::vector<double>>; ///< row by row

/// The x for which matrix x = right, by Gaussian elimination with the largest pivot
/// of each column. Empty when no pivot of a column passes 1e-12 of the largest entry
/// of the matrix: then the equations have no answer, or many. Thread-safe.
std::optional<std::vector<double>> solve(SquareMatrix matrix, std::vector<double> right);

} // namespace zonerank::engine
