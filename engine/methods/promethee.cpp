// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/promethee.hpp"

#include "engine/methods/ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

/// Adds a criterion's mean preferences to the flows. Entering is leaving, all turned round.
void add_flows(std::vector<double> gains, const Preference& preference, double weight, std::vector<double>& leaving,
               std::vector<double>& entering) {
    const double share = weight / static_cast<double>(std::max<std::size_t>(gains.size(), 2) - 1);
    const std::vector<double> out = sums_of_preference(preference, gains);
    for (double& gain : gains)
        gain = -gain;
    const std::vector<double> in = sums_of_preference(preference, gains);
    for (std::size_t i = 0; i < gains.size(); ++i) {
        leaving[i] += share * out[i];
        entering[i] += share * in[i];
    }
}

PairFigures relations(const std::vector<double>& leaving, const std::vector<double>& entering) {
    const std::size_t n = leaving.size();
    PairFigures result{"relation", std::vector<double>(n * n)};
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            if (a != b)
                result.values[a * n + b] = partial_relation(leaving[a], entering[a], leaving[b], entering[b]);
    return result;
}

std::string incomparable_remark(const PairFigures& relation, std::size_t n) {
    const auto pairs = std::ranges::count(relation.values, -1.0) / 2;
    if (pairs == 0)
        return "no two sites are incomparable (PROMETHEE I)";
    return fmt::format("{} of {} pairs of sites are incomparable, strong where the other is weak (PROMETHEE I)", pairs,
                       n * (n - 1) / 2);
}

} // namespace

double partial_relation(double leaving_a, double entering_a, double leaving_b, double entering_b) {
    constexpr double equal = 1e-12; // flows are of the order of 1
    const double out = leaving_a - leaving_b, in = entering_b - entering_a;
    if (std::abs(out) <= equal && std::abs(in) <= equal)
        return 0.5;
    if (out >= -equal && in >= -equal)
        return 1;
    return out <= equal && in <= equal ? 0 : -1;
}

Outcome promethee(const MethodInput& input, std::span<const Preference> preferences) {
    const std::size_t n = input.rows();
    std::vector<double> leaving(n), entering(n);
    for (std::size_t j = 0; j < input.columns(); ++j)
        add_flows(input.gains(j), preferences[j], input.weights[j], leaving, entering);
    Outcome outcome{.figure = "net flow"};
    for (std::size_t i = 0; i < n; ++i)
        outcome.figures.push_back(leaving[i] - entering[i]);
    outcome.ranks = ranks_of(outcome.figures, true);
    if (n > 1 && n <= most_pairs_told) {
        outcome.pairs.push_back(relations(leaving, entering));
        outcome.remarks.push_back(incomparable_remark(outcome.pairs.back(), n));
    }
    outcome.more = {{"leaving flow", std::move(leaving)}, {"entering flow", std::move(entering)}};
    return outcome;
}

} // namespace zonerank::engine
