// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/ahp.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

// Saaty 1980, The Analytic Hierarchy Process, p. 21; by size, from 0.
constexpr std::array<double, 16> saaty{0,    0,    0,    0.58, 0.90, 1.12, 1.24, 1.32,
                                       1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};

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
            if (!(matrix[i][j] > 0) || std::isinf(matrix[i][j]))
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

Judgements reciprocal(Judgements matrix, std::span<const std::string> names) {
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j) {
            double& a = matrix[i][j];
            double& b = matrix[j][i];
            if (!mirrored(a, b))
                throw Error("'{0} vs {1}' is {2}, but '{1} vs {0}' is {3}; one must be the inverse of the other ({4})",
                            names[i], names[j], written(a), written(b), written(1 / a));
            (a >= b ? b : a) = 1 / std::max(a, b);
        }
    return matrix;
}

std::vector<double> times(const Judgements& matrix, const std::vector<double>& vector) {
    std::vector<double> result;
    for (const auto& row : matrix)
        result.push_back(std::inner_product(row.begin(), row.end(), vector.begin(), 0.0));
    return result;
}

// To sum 1; returns the sum before.
double normalise(std::vector<double>& vector) {
    const double sum = std::accumulate(vector.begin(), vector.end(), 0.0);
    for (double& entry : vector)
        entry /= sum;
    return sum;
}

// Geometric means of the rows: already the answer where the judgements agree (Crawford and Williams 1985).
std::vector<double> first_guess(const Judgements& matrix) {
    std::vector<double> guess;
    for (const auto& row : matrix) {
        double logarithm = 0;
        for (const double judgement : row)
            logarithm += std::log(judgement);
        guess.push_back(std::exp(logarithm / static_cast<double>(row.size())));
    }
    normalise(guess);
    return guess;
}

struct Principal {
    std::vector<double> vector;
    double value = 0;
};

// Power iteration. A positive matrix has one largest eigenvalue, so it converges
// (Perron 1907), if slowly for judgements that say nothing together.
Principal principal(const Judgements& matrix) {
    constexpr int patience = 100'000;
    std::vector<double> vector = first_guess(matrix);
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

WorstJudgement worst_judgement(const Judgements& matrix, const std::vector<double>& weights) {
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

} // namespace

double random_index(std::size_t size) {
    if (size < saaty.size())
        return saaty[size];
    const auto n = static_cast<double>(size);
    return (2.7699 * n - 4.3513 - n) / (n - 1);
}

std::string_view random_index_source(std::size_t size) {
    return size < saaty.size() ? "Saaty 1980" : "Alonso and Lamata 2006";
}

Ahp ahp(const Judgements& matrix, std::span<const std::string> names) {
    check_shape(matrix, names);
    if (names.empty())
        return {};
    const Judgements judgements = reciprocal(matrix, names);
    const auto [vector, lambda] = principal(judgements);
    const auto n = static_cast<double>(names.size());
    Ahp result;
    result.weights = Weights::of(vector);
    result.lambda_max = lambda;
    // Two judgements can't disagree; what rounding leaves there is no inconsistency.
    result.consistency_index = names.size() > 2 ? std::max(0.0, (lambda - n) / (n - 1)) : 0;
    result.consistency_ratio = names.size() > 2 ? result.consistency_index / random_index(names.size()) : 0;
    result.worst = worst_judgement(judgements, vector);
    return result;
}

} // namespace zonerank::engine
