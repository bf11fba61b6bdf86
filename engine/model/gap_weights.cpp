// SPDX-License-Identifier: Apache-2.0
#include "engine/model/gap_weights.hpp"

#include <algorithm>
#include <numeric>

namespace zonerank::engine {

namespace {

/// One draw's weights of the members of a theme that are left, which share the whole theme's.
void share_theme(const Theme& theme, std::span<const double> drawn, std::vector<double>& weights) {
    double whole = 0, left = 0;
    for (const std::size_t i : theme.members) {
        whole += drawn[i];
        left += weights[i];
    }
    for (const std::size_t i : theme.members)
        weights[i] = left > 0 ? weights[i] * (whole / left) : 0;
}

/// Of all criteria, 0 where they are left out; sum 1.
std::vector<double> effective(const Decision& decision, const std::vector<bool>& is_left,
                              std::span<const double> drawn) {
    std::vector<double> weights(drawn.begin(), drawn.end());
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!is_left[i])
            weights[i] = 0;
    for (const Theme& theme : decision.themes)
        share_theme(theme, drawn, weights);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

WeightMoments moments_of(const std::vector<std::vector<double>>& rows) {
    const std::size_t n = rows.front().size();
    const auto count = static_cast<double>(rows.size());
    std::vector<double> mean(n, 0.0), covariance(n * n, 0.0);
    for (const std::vector<double>& row : rows)
        for (std::size_t i = 0; i < n; ++i)
            mean[i] += row[i] / count;
    for (const std::vector<double>& row : rows)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < n; ++k)
                covariance[i * n + k] += (row[i] - mean[i]) * (row[k] - mean[k]) / (count - 1);
    return {mean, covariance};
}

} // namespace

GapWeights gap_weights(const Decision& decision, std::span<const std::size_t> criteria, std::uint64_t gaps,
                       std::span<const std::vector<double>> drawn) {
    GapWeights result;
    std::vector<bool> is_left(decision.criteria.size(), false);
    for (std::size_t i = 0; i < criteria.size(); ++i)
        if (!(gaps >> i & 1)) {
            is_left[criteria[i]] = true;
            result.left.push_back(i);
        }
    result.draws.criteria = result.left.size();
    std::vector<std::vector<double>> rows;
    for (const std::vector<double>& draw : drawn) {
        const std::vector<double> whole = effective(decision, is_left, draw);
        std::vector<double>& row = rows.emplace_back();
        for (const std::size_t i : result.left) {
            row.push_back(whole[criteria[i]]);
            result.draws.weights.push_back(static_cast<float>(row.back()));
        }
    }
    result.moments = moments_of(rows);
    return result;
}

} // namespace zonerank::engine
