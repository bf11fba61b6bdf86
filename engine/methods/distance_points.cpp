// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/distance_points.hpp"

#include "engine/methods/ranks.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

void check_shares(const MethodInput& input, std::size_t criterion) {
    for (std::size_t i = 0; i < input.rows(); ++i)
        if (const double x = input.at(i, criterion); x < 0 || (x == 0 && input.less[criterion]))
            throw Error("it divides by measurements, and '{}' of '{}' is {}; use `of: values`",
                        input.criteria[criterion], input.sites[i], x < 0 ? "negative" : "0, of which less is better");
}

/// Shares of the best entry, 0 .. 1, times the weight.
std::vector<double> weighted_shares(const MethodInput& input, std::size_t criterion) {
    check_shares(input, criterion);
    std::vector<double> shares = input.column(criterion);
    const auto [least, most] = std::ranges::minmax(shares);
    for (double& x : shares)
        x = input.weights[criterion] * (input.less[criterion] ? least / x : most > 0 ? x / most : 0);
    return shares;
}

/// Sum over all others of their numbers, where their distance differs by `threshold` or more
/// from the own; and their count. Both windows close in on a site from either side.
struct Farther {
    double sum = 0, count = 0;
};

std::vector<Farther> farther(const std::vector<double>& distance, const std::vector<double>& number, double threshold) {
    const std::vector<std::size_t> order = ascending(distance);
    const std::size_t n = order.size();
    std::vector<double> before(n + 1);
    for (std::size_t k = 0; k < n; ++k)
        before[k + 1] = before[k] + number[order[k]];
    std::vector<Farther> result(n);
    std::size_t below = 0, above = 0;
    for (const std::size_t i : order) {
        while (below < n && distance[i] - distance[order[below]] >= threshold)
            ++below;
        above = std::max(above, below);
        while (above < n && distance[order[above]] - distance[i] < threshold)
            ++above;
        result[i] = {before[below] + before[n] - before[above], static_cast<double>(below + n - above)};
    }
    return result;
}

} // namespace

Outcome codas(const MethodInput& input, double threshold) {
    const std::size_t n = input.rows();
    std::vector<double> euclidean(n), taxicab(n);
    for (std::size_t j = 0; j < input.columns(); ++j) {
        const std::vector<double> shares = weighted_shares(input, j);
        const double worst = *std::ranges::min_element(shares);
        for (std::size_t i = 0; i < n; ++i) {
            euclidean[i] = std::hypot(euclidean[i], shares[i] - worst);
            taxicab[i] += shares[i] - worst;
        }
    }
    double all = 0;
    for (const double distance : euclidean)
        all += distance;
    const std::vector<Farther> others = farther(euclidean, taxicab, threshold);
    Outcome outcome{.figure = "assessment"};
    for (std::size_t i = 0; i < n; ++i)
        outcome.figures.push_back(static_cast<double>(n) * euclidean[i] - all + others[i].count * taxicab[i] -
                                  others[i].sum);
    outcome.ranks = ranks_of(outcome.figures, true);
    outcome.more = {{"Euclidean distance", euclidean}, {"taxicab distance", taxicab}};
    return outcome;
}

Outcome marcos(const MethodInput& input) {
    std::vector<double> sums(input.rows());
    double ideal = 0, anti_ideal = 0;
    for (std::size_t j = 0; j < input.columns(); ++j) {
        const std::vector<double> shares = weighted_shares(input, j);
        const auto [worst, best] = std::ranges::minmax(shares);
        ideal += best;
        anti_ideal += worst;
        for (std::size_t i = 0; i < input.rows(); ++i)
            sums[i] += shares[i];
    }
    // f(K) with K- = s / anti-ideal and K+ = s / ideal multiplied out: an anti-ideal of 0 is no trouble.
    const double scale =
        ideal > 0 ? (ideal + anti_ideal) / (ideal * (ideal + anti_ideal) + anti_ideal * anti_ideal) : 0;
    Outcome outcome{.figure = "utility"};
    for (const double s : sums)
        outcome.figures.push_back(s * scale);
    outcome.ranks = ranks_of(outcome.figures, true);
    return outcome;
}

} // namespace zonerank::engine
