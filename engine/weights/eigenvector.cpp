// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/eigenvector.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

// To sum 1; returns the sum before.
static double normalise(std::vector<double>& vector) {
    const double sum = std::accumulate(vector.begin(), vector.end(), 0.0);
    for (double& entry : vector)
        entry /= sum;
    return sum;
}

static std::vector<double> times(const Judgements& matrix, const std::vector<double>& vector) {
    std::vector<double> result;
    for (const auto& row : matrix)
        result.push_back(std::inner_product(row.begin(), row.end(), vector.begin(), 0.0));
    return result;
}

std::vector<double> geometric_means(const Judgements& matrix) {
    std::vector<double> means;
    for (const auto& row : matrix) {
        double logarithm = 0;
        for (const double judgement : row)
            logarithm += std::log(judgement);
        means.push_back(std::exp(logarithm / static_cast<double>(row.size())));
    }
    normalise(means);
    return means;
}

std::vector<double> column_means(const Judgements& matrix) {
    std::vector<double> means(matrix.size());
    for (std::size_t column = 0; column < matrix.size(); ++column) {
        double sum = 0;
        for (const auto& row : matrix)
            sum += row[column];
        for (std::size_t row = 0; row < matrix.size(); ++row)
            means[row] += matrix[row][column] / sum;
    }
    normalise(means);
    return means;
}

// A positive matrix has one largest eigenvalue, so it converges (Perron 1907), if
// slowly for judgements that say nothing together.
Principal principal(const Judgements& matrix, std::vector<double> guess) {
    constexpr int patience = 100'000;
    std::vector<double> vector = guess.empty() ? geometric_means(matrix) : std::move(guess);
    for (int round = 0; round < patience; ++round) {
        std::vector<double> next = times(matrix, vector);
        const double value = normalise(next);
        double change = 0;
        for (std::size_t i = 0; i < next.size(); ++i)
            change = std::max(change, std::abs(next[i] / vector[i] - 1));
        vector = std::move(next);
        if (change <= 1e-13)
            return {std::move(vector), value};
    }
    throw Error("the judgements contradict each other so much that no weights follow from them");
}

} // namespace zonerank::engine
