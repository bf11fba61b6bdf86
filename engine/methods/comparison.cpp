// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/comparison.hpp"

#include "engine/methods/correlation.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <span>

namespace zonerank::engine {

std::vector<const Contested*> Comparison::ranked() const {
    std::vector<const Contested*> result;
    for (const Contested& contested : methods)
        if (contested.outcome)
            result.push_back(&contested);
    return result;
}

static DecisionMatrix rows_of(const DecisionMatrix& all, std::span<const std::size_t> rows) {
    DecisionMatrix some{.criteria = all.criteria, .weights = all.weights, .senses = all.senses};
    for (const std::size_t row : rows) {
        some.alternatives.push_back(all.alternatives[row]);
        some.measurements.insert(some.measurements.end(), all.measured(row).begin(), all.measured(row).end());
        some.values.insert(some.values.end(), all.valued(row).begin(), all.valued(row).end());
    }
    return some;
}

/// With the weights as they are. Without one of the sites a method may not work: then nothing is known.
static std::vector<Reversal> reversals_of(const DecisionMatrix& matrix, const Method& method) {
    try {
        return rank_reversals(matrix.rows(), [&](std::span<const std::size_t> sites) {
            return method.rank(method_input(rows_of(matrix, sites), method.of)).ranks;
        });
    } catch (const Error&) {
        return {};
    }
}

static Contested contest(const DecisionMatrix& matrix, Contestant contestant) {
    Contested result{.contestant = std::move(contestant)};
    try {
        const Method& method = result.contestant.method;
        result.outcome = method.rank(method_input(matrix, method.of));
        if (matrix.rows() <= Comparison::most_tried)
            result.reversals = reversals_of(matrix, method);
    } catch (const Error& e) {
        result.left_out = e.what();
    }
    return result;
}

Comparison compare(const DecisionMatrix& matrix, Contested own, std::vector<Contestant> contestants,
                   const std::function<void(std::size_t done)>& between) {
    Comparison comparison{.sites = matrix.alternatives,
                          .tried_reversals = matrix.rows() > 2 && matrix.rows() <= Comparison::most_tried};
    comparison.methods.push_back(std::move(own));
    for (std::size_t i = 0; i < contestants.size(); ++i) {
        if (between)
            between(i);
        comparison.methods.push_back(contest(matrix, std::move(contestants[i])));
    }
    return comparison;
}

std::vector<Pairing> pairings(const Comparison& comparison) {
    const auto ranked = comparison.ranked();
    std::vector<Pairing> result;
    for (std::size_t a = 0; a < ranked.size(); ++a)
        for (std::size_t b = a + 1; b < ranked.size(); ++b) {
            const std::vector<int>&x = ranked[a]->outcome->ranks, &y = ranked[b]->outcome->ranks;
            result.push_back({a, b, kendall(x, y), spearman(x, y), weighted_kendall(x, y)});
        }
    return result;
}

std::vector<RankRange> rank_ranges(const Comparison& comparison, bool choosing) {
    std::vector<RankRange> result(comparison.sites.size());
    for (const Contested* method : comparison.ranked())
        for (std::size_t i = 0; i < result.size() && (choosing || !method->outcome->chooses); ++i) {
            const int rank = method->outcome->ranks[i];
            result[i].best = result[i].best == 0 ? rank : std::min(result[i].best, rank);
            result[i].worst = std::max(result[i].worst, rank);
        }
    return result;
}

} // namespace zonerank::engine
