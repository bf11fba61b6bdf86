// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/linear_equations.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

static double largest_entry(const SquareMatrix& matrix) {
    double largest = 0;
    for (const auto& row : matrix)
        for (const double entry : row)
            largest = std::max(largest, std::abs(entry));
    return largest;
}

static void eliminate_below(SquareMatrix& matrix, std::vector<double>& right, std::size_t pivot) {
    for (std::size_t row = pivot + 1; row < matrix.size(); ++row) {
        const double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (std::size_t column = pivot; column < matrix.size(); ++column)
            matrix[row][column] -= factor * matrix[pivot][column];
        right[row] -= factor * right[pivot];
    }
}

static std::vector<double> back_substituted(const SquareMatrix& matrix, std::vector<double> right) {
    for (std::size_t row = matrix.size(); row-- > 0;) {
        for (std::size_t column = row + 1; column < matrix.size(); ++column)
            right[row] -= matrix[row][column] * right[column];
        right[row] /= matrix[row][row];
    }
    return right;
}

std::optional<std::vector<double>> solve(SquareMatrix matrix, std::vector<double> right) {
    const double least = 1e-12 * largest_entry(matrix);
    for (std::size_t pivot = 0; pivot < matrix.size(); ++pivot) {
        std::size_t best = pivot;
        for (std::size_t row = pivot + 1; row < matrix.size(); ++row)
            if (std::abs(matrix[row][pivot]) > std::abs(matrix[best][pivot]))
                best = row;
        if (!(std::abs(matrix[best][pivot]) > least))
            return std::nullopt;
        std::swap(matrix[best], matrix[pivot]);
        std::swap(right[best], right[pivot]);
        eliminate_below(matrix, right, pivot);
    }
    return back_substituted(matrix, std::move(right));
}

} // namespace zonerank::engine
