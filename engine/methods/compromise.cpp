// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/compromise.hpp"

#include "engine/methods/ranks.hpp"
#include "engine/text/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

/// One criterion, comparable, more is better.
std::vector<double> normalised(std::vector<double> gains, Normalisation normalisation) {
    const auto [least, most] = std::ranges::minmax(gains);
    double length = 0;
    for (const double gain : gains)
        length = std::hypot(length, gain);
    for (double& gain : gains) {
        if (normalisation == Normalisation::vector)
            gain = share(gain, length);
        else if (normalisation == Normalisation::minmax)
            gain = share(gain - least, most - least);
    }
    return gains;
}

/// Adds the squares of the weighted distances of one criterion.
void add_squares(const std::vector<double>& gains, double weight, std::vector<double>& to_best,
                 std::vector<double>& to_worst) {
    const auto [worst, best] = std::ranges::minmax(gains);
    for (std::size_t i = 0; i < gains.size(); ++i) {
        to_best[i] += std::pow(weight * (best - gains[i]), 2);
        to_worst[i] += std::pow(weight * (gains[i] - worst), 2);
    }
}

/// S and R of each site.
void add_regrets(const std::vector<double>& gains, double weight, std::vector<double>& sum,
                 std::vector<double>& greatest) {
    const auto [worst, best] = std::ranges::minmax(gains);
    for (std::size_t i = 0; i < gains.size(); ++i) {
        const double regret = weight * share(best - gains[i], best - worst);
        sum[i] += regret;
        greatest[i] = std::max(greatest[i], regret);
    }
}

std::vector<double> over_range(const std::vector<double>& figures) {
    const auto [least, most] = std::ranges::minmax(figures);
    std::vector<double> result;
    for (const double figure : figures) // what differs by rounding alone doesn't differ
        result.push_back(most - least > 1e-12 * most ? (figure - least) / (most - least) : 0);
    return result;
}

/// The best and those that it leads by less than C1 asks; the first of `order` is the best.
std::vector<std::size_t> level_with_best(const std::vector<double>& q, const std::vector<std::size_t>& order) {
    const double advantage = 1 / static_cast<double>(q.size() - 1);
    std::vector<std::size_t> level{order.front()};
    for (std::size_t k = 1; k < order.size() && q[order[k]] - q[order.front()] < advantage - 1e-12; ++k)
        level.push_back(order[k]);
    return level;
}

std::string named(const MethodInput& input, const std::vector<std::size_t>& sites) {
    std::vector<std::string> names;
    for (const std::size_t site : sites)
        names.push_back(input.sites[site]);
    return listed(std::move(names), 6);
}

/// `stable`: the best is that by S or R alone, too.
std::string compromise_remark(const MethodInput& input, const std::vector<double>& q, bool stable) {
    const std::vector<std::size_t> order = ascending(q), level = level_with_best(q, order);
    if (level.size() > 1)
        return fmt::format("no single compromise: {} are level (the lead is too small, C1)", named(input, level));
    if (!stable)
        return fmt::format("no single compromise: {} are level (the best changes with v, C2)",
                           named(input, {order[0], order[1]}));
    return fmt::format(
        "{} is the compromise: it leads clearly (C1), and by the majority or the least regret alone, too "
        "(C2)",
        input.sites[order.front()]);
}

} // namespace

Outcome topsis(const MethodInput& input, Normalisation normalisation) {
    std::vector<double> to_best(input.rows()), to_worst(input.rows());
    for (std::size_t j = 0; j < input.columns(); ++j)
        add_squares(normalised(input.gains(j), normalisation), input.weights[j], to_best, to_worst);
    Outcome outcome{.figure = "closeness"};
    for (std::size_t i = 0; i < input.rows(); ++i) {
        to_best[i] = std::sqrt(to_best[i]);
        to_worst[i] = std::sqrt(to_worst[i]);
        const double both = to_best[i] + to_worst[i];
        outcome.figures.push_back(both > 0 ? to_worst[i] / both : 0.5);
    }
    outcome.ranks = ranks_of(outcome.figures, true);
    outcome.more = {{"distance to the best", to_best}, {"distance to the worst", to_worst}};
    return outcome;
}

Outcome vikor(const MethodInput& input, double majority) {
    std::vector<double> sum(input.rows()), greatest(input.rows());
    for (std::size_t j = 0; j < input.columns(); ++j)
        add_regrets(input.gains(j), input.weights[j], sum, greatest);
    const std::vector<double> of_sum = over_range(sum), of_greatest = over_range(greatest);
    Outcome outcome{.figure = "Q", .more_is_better = false};
    for (std::size_t i = 0; i < input.rows(); ++i)
        outcome.figures.push_back(majority * of_sum[i] + (1 - majority) * of_greatest[i]);
    outcome.ranks = ranks_of(outcome.figures, false);
    outcome.more = {{"S", sum}, {"R", greatest}};
    if (input.rows() > 1) {
        const std::size_t best = ascending(outcome.figures).front();
        const bool stable = ranks_of(sum, false)[best] == 1 || ranks_of(greatest, false)[best] == 1;
        outcome.remarks.push_back(compromise_remark(input, outcome.figures, stable));
    }
    return outcome;
}

} // namespace zonerank::engine
