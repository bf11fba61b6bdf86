// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/ahp.hpp"

#include "engine/weights/missing_judgements.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

std::string written(double judgement) {
    const double inverse = 1 / judgement;
    const bool fraction = judgement < 1 && std::abs(inverse - std::round(inverse)) < 1e-9 * inverse;
    return fraction ? fmt::format("1/{:g}", std::round(inverse)) : fmt::format("{:.4g}", judgement);
}

void check_shape(const Judgements& matrix, std::span<const std::string> names) {
    for (const auto& row : matrix)
        if (matrix.size() != names.size() || row.size() != names.size())
            throw Error("the matrix needs {0} rows of {0} numbers", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::size_t j = 0; j < names.size(); ++j)
            if (!(std::isnan(matrix[i][j]) && std::isnan(matrix[j][i]) && i != j) &&
                (!(matrix[i][j] > 0) || std::isinf(matrix[i][j])))
                throw Error("'{} vs {}' is {:g}; a judgement must be above 0", names[i], names[j], matrix[i][j]);
        if (matrix[i][i] != 1)
            throw Error("'{0} vs {0}' is {1:g}; it must be 1", names[i], matrix[i][i]);
    }
}

// Whoever writes 0.33 means 1/3: equal to two decimals, and to 5 % beyond Saaty's scale.
bool mirrored(double a, double b) {
    const double larger = std::max(a, b), smaller = std::min(a, b);
    constexpr double rounding = 0.005 * (1 + 1e-9);
    return std::abs(smaller - 1 / larger) <= rounding && std::abs(smaller * larger - 1) <= 0.05;
}

} // namespace

Judgements checked_judgements(Judgements matrix, std::span<const std::string> names) {
    check_shape(matrix, names);
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j) {
            double& a = matrix[i][j];
            double& b = matrix[j][i];
            if (std::isnan(a))
                continue;
            if (!mirrored(a, b))
                throw Error("'{0} vs {1}' is {2}, but '{1} vs {0}' is {3}; one must be the inverse of the other ({4})",
                            names[i], names[j], written(a), written(b), written(1 / a));
            (a >= b ? b : a) = 1 / std::max(a, b);
        }
    return matrix;
}

static WorstJudgement worst_judgement(const Judgements& matrix, const std::vector<double>& weights) {
    WorstJudgement worst;
    double most = 0;
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t j = 0; j < matrix.size(); ++j) {
            const double implied = weights[i] / weights[j];
            const double apart = std::abs(std::log(matrix[i][j] / implied));
            // A judgement of 1 is met from both sides, which rounding must not tell apart.
            if (matrix[i][j] >= 1 && i != j && apart > most + 1e-9) {
                most = apart;
                worst = {i, j, matrix[i][j], implied};
            }
        }
    return worst;
}

Ahp ahp(const Judgements& judgements, std::span<const std::string> names, AhpMethod method) {
    if (names.empty())
        return {};
    auto [matrix, filled] = fill_missing(checked_judgements(judgements, names), names);
    const auto [vector, lambda] = principal(matrix);
    Ahp result{.filled = std::move(filled)};
    result.eigenvector = Weights::of(vector);
    result.geometric_mean = Weights::of(geometric_means(matrix));
    result.column_mean = Weights::of(column_means(matrix));
    result.weights = method == AhpMethod::eigenvector      ? result.eigenvector
                     : method == AhpMethod::geometric_mean ? result.geometric_mean
                                                           : result.column_mean;
    result.lambda_max = lambda;
    result.consistency_index = consistency_index(matrix);
    if (names.size() > 2)
        result.consistency_ratio = result.consistency_index / random_index(names.size());
    result.worst = worst_judgement(matrix, {result.weights.begin(), result.weights.end()});
    result.matrix = std::move(matrix);
    return result;
}

} // namespace zonerank::engine
