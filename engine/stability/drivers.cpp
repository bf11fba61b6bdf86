// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/drivers.hpp"

#include "engine/stability/draws.hpp"
#include "rasters/core/exponential.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>

namespace zonerank::engine {

namespace {

/// Points for each criterion, drawn one by one.
struct Points {
    std::vector<double> one, other; ///< draws x criteria
};

Points drawn_points(std::span<const double> weights, double concentration, std::uint64_t draws, std::uint64_t seed) {
    Points points;
    for (std::uint64_t number = 0; number < 2 * draws; ++number) {
        Draw draw(seed, Purpose::points, number);
        for (const double weight : weights)
            (number < draws ? points.one : points.other)
                .push_back(weight > 0 ? rasters::exponential(draw.log_gamma(concentration * weight)) : 0);
    }
    return points;
}

/// A score that may not be known where all weight is on what a row lacks.
double known(double score) {
    return score == score ? score : 0;
}

/// Jansen's sums of squared differences.
Drivers of_row(std::span<const double> values, const Scorer& score, const Points& points) {
    const std::size_t n = values.size(), draws = points.one.size() / n;
    Drivers result{std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
    std::vector<double> mixed(n);
    double sum = 0, square = 0;
    for (std::size_t d = 0; d < draws; ++d) {
        const std::span<const double> one = std::span(points.one).subspan(d * n, n);
        const std::span<const double> other = std::span(points.other).subspan(d * n, n);
        const double a = known(score(values, one)), b = known(score(values, other));
        sum += a + b;
        square += a * a + b * b;
        for (std::size_t i = 0; i < n; ++i) {
            std::ranges::copy(one, mixed.begin());
            mixed[i] = other[i];
            const double changed = known(score(values, mixed));
            result.first[i] += (b - changed) * (b - changed);
            result.total[i] += (a - changed) * (a - changed);
        }
    }
    const auto count = static_cast<double>(2 * draws);
    const double spread = square - sum * sum / count; // of both halves: twice the draws times the variance
    for (std::size_t i = 0; i < n; ++i) {
        result.first[i] = spread > 1e-12 * square ? 1 - result.first[i] / spread : 0;
        result.total[i] = spread > 1e-12 * square ? result.total[i] / spread : 0;
    }
    return result;
}

} // namespace

std::vector<Drivers> drivers(const DecisionMatrix& matrix, const Scorer& score, double concentration,
                             std::uint64_t draws, std::uint64_t seed, const rasters::Course& course) {
    const Points points = drawn_points(matrix.weights, concentration, draws, seed);
    std::vector<Drivers> rows(matrix.rows());
    rasters::in_parallel(rows.size(), [&](std::size_t i) {
        course.check();
        rows[i] = of_row(matrix.valued(i), score, points);
    });
    return rows;
}

} // namespace zonerank::engine
