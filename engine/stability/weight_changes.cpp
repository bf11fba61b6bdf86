// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/weight_changes.hpp"

#include "engine/stability/first_place.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

std::vector<std::size_t> weighted(const WeightedTable& table) {
    std::vector<std::size_t> criteria;
    for (std::size_t j = 0; j < table.criteria; ++j)
        if (table.weights[j] > 0)
            criteria.push_back(j);
    return criteria;
}

// What the weights' changes come to as moves: what is lost goes, in order, where it is gained.
std::vector<WeightMove> moves_between(std::span<const double> from, std::span<const double> to) {
    constexpr double nothing = 1e-9;
    std::vector<WeightMove> moves;
    std::vector<double> gains;
    for (std::size_t j = 0; j < from.size(); ++j)
        gains.push_back(to[j] - from[j]);
    for (std::size_t j = 0; j < gains.size(); ++j)
        for (std::size_t k = 0; k < gains.size() && gains[j] < -nothing; ++k) {
            const double amount = std::min(-gains[j], gains[k]);
            if (amount <= nothing)
                continue;
            moves.push_back({j, k, amount});
            gains[j] += amount;
            gains[k] -= amount;
        }
    return moves;
}

} // namespace

double WeightedTable::score(std::size_t site) const {
    return std::inner_product(weights.begin(), weights.end(), row(site).begin(), 0.0);
}

WeightChange change_to_pass(const WeightedTable& table, std::size_t ahead, std::size_t behind) {
    const auto a = table.row(ahead), b = table.row(behind);
    const auto lead = [&](std::size_t j) { return a[j] - b[j]; };
    std::vector<std::size_t> from = weighted(table);
    std::ranges::stable_sort(from, [&](std::size_t j, std::size_t k) { return lead(j) > lead(k); });
    const std::size_t to = from.back();
    double gap = std::max(0.0, table.score(ahead) - table.score(behind));
    WeightChange change{.moved = 0, .rival = behind};
    for (const std::size_t j : from) {
        const double gain = lead(j) - lead(to); // per weight moved
        if (gap <= 1e-15 || gain <= 0)
            break;
        const double amount = std::min(table.weights[j], gap / gain);
        change.moves.push_back({j, to, amount});
        change.moved += amount;
        gap -= amount * gain;
    }
    if (gap > 1e-12)
        return {};
    return change;
}

WeightChange change_to_lose(const WeightedTable& table, std::size_t site, std::span<const std::size_t> below) {
    WeightChange least;
    const double score = table.score(site);
    for (const std::size_t other : below) {
        // Weight that moves gains 2 times itself at most: from a lead of 1 to one of -1.
        if ((score - table.score(other)) / 2 >= least.moved)
            continue;
        WeightChange change = change_to_pass(table, site, other);
        if (!std::isnan(change.moved) && !(change.moved >= least.moved))
            least = std::move(change);
    }
    return least;
}

WeightChange change_to_first(const WeightedTable& table, std::size_t site) {
    const std::optional<std::vector<double>> weights = nearest_for_first(table, site);
    if (!weights)
        return {};
    WeightChange change{.moved = 0, .moves = moves_between(table.weights, *weights)};
    for (const WeightMove& move : change.moves)
        change.moved += move.amount;
    return change;
}

std::vector<StayRange> stay_ranges(const WeightedTable& table, std::size_t first) {
    std::vector<StayRange> ranges;
    for (const std::size_t j : weighted(table)) {
        const double others = 1 - table.weights[j];
        if (others < 1e-12)
            return {};
        StayRange range{.criterion = j};
        for (std::size_t i = 0; i < table.sites; ++i) {
            // The lead is a straight line over the weight of j: from `rest` at 0 to `here` at 1.
            const double here = table.row(first)[j] - table.row(i)[j];
            const double lead = std::max(0.0, table.score(first) - table.score(i));
            const double rest = (lead - table.weights[j] * here) / others;
            const double even = rest / (rest - here);
            if (rest < 0 && here > rest && even > range.least) {
                range.least = std::min(even, table.weights[j]);
                range.below = i;
            }
            if (here < 0 && rest > here && even < range.most) {
                range.most = std::max(even, table.weights[j]);
                range.above = i;
            }
        }
        ranges.push_back(range);
    }
    return ranges;
}

} // namespace zonerank::engine
