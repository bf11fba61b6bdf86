// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/credibility.hpp"

#include "engine/methods/both_ends.hpp"
#include "engine/methods/distillation.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

/// 0 up to `low`, 1 from `high` on, straight in between.
double rise(double x, double low, double high) {
    return x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low);
}

double credibility(const MethodInput& input, std::span<const PseudoCriterion> criteria, std::size_t a, std::size_t b) {
    double concordance = 0;
    for (std::size_t j = 0; j < criteria.size(); ++j)
        concordance += input.weights[j] * (1 - rise(input.gain(b, j) - input.gain(a, j), criteria[j].indifference,
                                                    criteria[j].preference));
    double result = std::min(concordance, 1.0);
    for (std::size_t j = 0; j < criteria.size(); ++j) {
        if (std::isinf(criteria[j].veto))
            continue;
        const double discordance = rise(input.gain(b, j) - input.gain(a, j), criteria[j].preference, criteria[j].veto);
        if (discordance > concordance)
            result *= (1 - discordance) / (1 - concordance);
    }
    // Sums of the same weights in another order are the same.
    return std::round(result * 1e12) / 1e12;
}

/// Pairs that places from the top put one way, and those from the bottom, where 1 is last, the other.
std::size_t incomparable(const std::vector<int>& down, const std::vector<int>& up) {
    std::size_t pairs = 0;
    for (std::size_t a = 0; a < down.size(); ++a)
        for (std::size_t b = a + 1; b < down.size(); ++b)
            pairs += (down[a] < down[b] && up[a] < up[b]) || (down[a] > down[b] && up[a] > up[b]) ? 1 : 0;
    return pairs;
}

} // namespace

std::vector<double> credibilities(const MethodInput& input, std::span<const PseudoCriterion> criteria) {
    const std::size_t n = input.rows();
    std::vector<double> result(n * n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            result[a * n + b] = a == b ? 0 : credibility(input, criteria, a, b);
    return result;
}

Outcome electre_3(const MethodInput& input, std::span<const PseudoCriterion> criteria) {
    const std::size_t n = input.rows();
    if (n > most_distilled)
        throw Error("it distils all pairs of sites: at most {} sites, there are {}", most_distilled, n);
    std::vector<double> credibility = credibilities(input, criteria);
    const std::vector<int> down = distilled(credibility, n, true);
    const std::vector<int> up = distilled(credibility, n, false);
    Outcome outcome = from_both_ends(down, up);
    if (const std::size_t pairs = incomparable(down, up))
        outcome.remarks.push_back(fmt::format("{} of {} pairs of sites are incomparable: from the top they are ordered "
                                              "one way, from the bottom the other",
                                              pairs, n * (n - 1) / 2));
    outcome.pairs = {{"credibility", std::move(credibility)}};
    return outcome;
}

} // namespace zonerank::engine
