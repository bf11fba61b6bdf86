// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/consistency.hpp"

#include "engine/weights/missing_judgements.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace zonerank::engine {

namespace {

// Saaty 1980, The Analytic Hierarchy Process, p. 21; by size, from 0.
constexpr std::array<double, 16> saaty{0,    0,    0,    0.58, 0.90, 1.12, 1.24, 1.32,
                                       1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};

// Donegan and Dodd 1991; by size, from 3.
constexpr std::array<double, 18> donegan_dodd{0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213,
                                              1.4497, 1.4643, 1.4822, 1.4969, 1.5078, 1.5153, 1.5262, 1.5313, 1.5371};

/// Logarithm of how many times more i matters than j by way of k, over what is said of them.
double detour(const Judgements& matrix, std::size_t i, std::size_t k, std::size_t j) {
    return std::log(matrix[i][k] * matrix[k][j] / matrix[i][j]);
}

template <typename F>
void for_triads(std::size_t size, F&& f) {
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = i + 1; j < size; ++j)
            for (std::size_t k = j + 1; k < size; ++k)
                f(i, j, k);
}

/// Whether the third name says the opposite of a pair: only where both take a side.
bool turned_round(double said, double way) {
    constexpr double none = 1e-12;
    return std::abs(said) > none && std::abs(way) > none && (said > 0) != (way > 0);
}

double two_digits(double value) {
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    return std::round(value / unit) * unit;
}

Mend changed(const Judgements& matrix, std::size_t i, std::size_t j) {
    const std::vector<std::string> names(matrix.size());
    Judgements without = matrix;
    without[i][j] = without[j][i] = std::numeric_limits<double>::quiet_NaN();
    Judgements with = fill_missing(std::move(without), names).matrix;
    if (with[i][j] < 1)
        std::swap(i, j);
    with[i][j] = two_digits(with[i][j]);
    with[j][i] = 1 / with[i][j];
    return {i, j, with[i][j], matrix[i][j], consistency_index(with) / random_index(matrix.size())};
}

} // namespace

Disagreement disagreement(const Judgements& matrix) {
    Disagreement result;
    double worst = 1e-12, sum = 0;
    std::size_t opposed = 0, count = 0;
    for_triads(matrix.size(), [&](std::size_t i, std::size_t j, std::size_t k) {
        const double apart = std::abs(detour(matrix, i, j, k));
        if (apart > worst) {
            worst = apart;
            result.triad = {i, j, k};
            result.koczkodaj = 1 - std::exp(-apart);
        }
        const double a = std::log(matrix[i][j]), b = std::log(matrix[j][k]), c = std::log(matrix[i][k]);
        opposed += turned_round(a, c - b) + turned_round(b, c - a) + turned_round(c, a + b);
        sum += 3 * apart; // the same from each of its pairs
        count += 3;
    });
    if (count > 0) {
        result.congruence = sum / static_cast<double>(count);
        result.dissonance = static_cast<double>(opposed) / static_cast<double>(count);
    }
    return result;
}

double consistency_index(const Judgements& matrix) {
    const auto n = static_cast<double>(matrix.size());
    return matrix.size() > 2 ? std::max(0.0, (principal(matrix).value - n) / (n - 1)) : 0;
}

Mend mend(const Judgements& matrix, std::span<const std::size_t, 3> triad) {
    if (triad[0] == triad[1])
        return {};
    Mend best = changed(matrix, triad[0], triad[1]);
    for (const auto& [i, j] : {std::pair(triad[0], triad[2]), std::pair(triad[1], triad[2])})
        if (const Mend other = changed(matrix, i, j); other.consistency_ratio < best.consistency_ratio - 1e-9)
            best = other;
    return best;
}

double random_index(std::size_t size) {
    if (size < saaty.size())
        return saaty[size];
    const auto n = static_cast<double>(size);
    return (2.7699 * n - 4.3513 - n) / (n - 1);
}

std::string_view random_index_source(std::size_t size) {
    return size < saaty.size() ? "Saaty 1980" : "Alonso and Lamata 2006";
}

double random_index_donegan_dodd(std::size_t size) {
    const bool known = size >= 3 && size - 3 < donegan_dodd.size();
    return known ? donegan_dodd[size - 3] : std::numeric_limits<double>::quiet_NaN();
}

} // namespace zonerank::engine
