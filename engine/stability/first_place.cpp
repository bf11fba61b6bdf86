// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/first_place.hpp"

#include "engine/decision/linear_program.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

constexpr double rounding = 1e-9;

double dot(std::span<const double> a, std::span<const double> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

LinearRow sum_of_weights(std::size_t criteria) {
    LinearRow row{.lower = 1, .upper = 1};
    for (std::size_t j = 0; j < criteria; ++j)
        row.terms.push_back({j, 1});
    return row;
}

// Weights are the first variables; the lead over `other` is to be at least 0.
LinearRow lead_over(const WeightedTable& table, std::size_t site, std::size_t other) {
    LinearRow row{.lower = 0};
    for (std::size_t j = 0; j < table.criteria; ++j)
        row.terms.push_back({j, table.row(site)[j] - table.row(other)[j]});
    return row;
}

struct Rival {
    std::size_t site = 0;
    double score = -HUGE_VAL;
};

Rival best_other(const WeightedTable& table, std::size_t site, std::span<const double> weights) {
    Rival best;
    for (std::size_t i = 0; i < table.sites; ++i)
        if (const double score = i == site ? -HUGE_VAL : dot(weights, table.row(i)); score > best.score)
            best = {i, score};
    return best;
}

/// Solves, adds the row of the best other site if it breaks it, and solves again.
/// `lead(x)`: the lead that is asked for; `row(i)`: what asks for it over site i.
template <typename Lead, typename Row>
std::optional<std::vector<double>> with_rivals(LinearProgram program, const WeightedTable& table, std::size_t site,
                                               Lead&& lead, Row&& row) {
    std::vector<bool> there(table.sites);
    for (;;) {
        LinearSolution solution = minimise(program);
        if (solution.status != LinearStatus::optimal)
            return {};
        const auto weights = std::span(solution.x).first(table.criteria);
        const Rival rival = best_other(table, site, weights);
        const bool holds = dot(weights, table.row(site)) - rival.score >= lead(solution.x) - rounding;
        if (holds || there[rival.site])
            return std::move(solution.x);
        there[rival.site] = true;
        program.rows.push_back(row(rival.site));
    }
}

} // namespace

// Variables: new weights, then what each gains, then what each loses.
std::optional<std::vector<double>> nearest_for_first(const WeightedTable& table, std::size_t site) {
    const std::size_t m = table.criteria;
    LinearProgram program{.costs = std::vector<double>(3 * m, 0.5), .rows = {sum_of_weights(m)}};
    std::fill_n(program.costs.begin(), m, 0.0);
    program.lower.assign(3 * m, 0);
    program.upper.assign(3 * m, 1);
    for (std::size_t j = 0; j < m; ++j) {
        if (table.weights[j] == 0)
            program.upper[j] = 0;
        program.rows.push_back(
            {.terms = {{j, 1}, {m + j, -1}, {2 * m + j, 1}}, .lower = table.weights[j], .upper = table.weights[j]});
    }
    auto x = with_rivals(
        std::move(program), table, site, [](const auto&) { return 0.0; },
        [&](std::size_t other) { return lead_over(table, site, other); });
    if (x)
        x->resize(m);
    return x;
}

// Variables: weights, then the lead, which is to be as large as can be.
double greatest_lead(const WeightedTable& table, const WeightSpace& space, std::size_t site) {
    if (table.sites < 2)
        return 1;
    const std::size_t m = table.criteria;
    LinearProgram program{.costs = std::vector<double>(m + 1, 0), .rows = {sum_of_weights(m)}};
    program.costs[m] = -1;
    for (const WeightRange& range : space.ranges()) {
        program.lower.push_back(range.least);
        program.upper.push_back(range.most);
    }
    program.lower.push_back(-1);
    program.upper.push_back(1);
    for (const auto& [more, less] : space.order())
        program.rows.push_back({.terms = {{more, 1}, {less, -1}}, .lower = 0});
    const auto x = with_rivals(
        std::move(program), table, site, [m](const std::vector<double>& solved) { return solved[m]; },
        [&](std::size_t other) {
            LinearRow row = lead_over(table, site, other);
            row.terms.push_back({m, -1});
            return row;
        });
    return x ? x->back() : -1;
}

bool dominates(const WeightedTable& table, std::size_t site, std::size_t other) {
    bool better = false;
    for (std::size_t j = 0; j < table.criteria; ++j) {
        const double lead = table.weights[j] > 0 ? table.row(site)[j] - table.row(other)[j] : 0;
        if (lead < 0)
            return false;
        better |= lead > 0;
    }
    return better;
}

} // namespace zonerank::engine
