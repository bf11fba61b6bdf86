// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/outranking.hpp"

#include "engine/methods/both_ends.hpp"
#include "engine/methods/distillation.hpp"
#include "engine/methods/ranks.hpp"
#include "engine/text/listing.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr double rounding = 1e-12; ///< of sums of weights

/// Gains of each criterion, comparable.
std::vector<std::vector<double>> scaled_gains(const MethodInput& input, bool scaled) {
    std::vector<std::vector<double>> columns;
    for (std::size_t j = 0; j < input.columns(); ++j) {
        columns.push_back(input.gains(j));
        double sum = 0;
        for (const double gain : columns.back())
            sum += std::abs(gain);
        for (double& gain : columns.back())
            gain = !scaled ? gain : sum > 0 ? gain / sum : 0;
    }
    return columns;
}

double widest_range(const std::vector<std::vector<double>>& columns) {
    double widest = 0;
    for (const auto& column : columns) {
        const auto [least, most] = std::ranges::minmax(column);
        widest = std::max(widest, most - least);
    }
    return widest;
}

using Graph = Relation;

Graph graph_of(const Agreement& of, std::size_t n, double concordance, double discordance) {
    Graph graph(n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            graph.set(a, b,
                      a != b && of.concordance[a * n + b] >= concordance - rounding &&
                          of.discordance[a * n + b] <= discordance + rounding);
    return graph;
}

/// Without the pairs in which the other has as much concordance.
void drop_equals(Graph& graph, const Agreement& of) {
    const std::size_t n = graph.size();
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            if (!(of.concordance[a * n + b] > of.concordance[b * n + a] + rounding))
                graph.set(a, b, false);
}

Outcome with_pairs(Outcome outcome, Agreement agreement, std::size_t n) {
    if (n <= most_pairs_told)
        outcome.pairs = {{"concordance", std::move(agreement.concordance)},
                         {"discordance", std::move(agreement.discordance)}};
    return outcome;
}

std::string kernel_remark(const MethodInput& input, const std::vector<bool>& kernel) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kernel.size(); ++i)
        if (kernel[i])
            names.push_back(input.sites[i]);
    return "the choice (kernel) is " + listed(std::move(names), 6);
}

} // namespace

Agreement agreement(const MethodInput& input, bool scaled) {
    const std::size_t n = input.rows();
    if (n > most_outranked)
        throw Error("it compares each pair of sites: at most {} sites, there are {}", most_outranked, n);
    const auto columns = scaled_gains(input, scaled);
    const double widest = widest_range(columns);
    Agreement result{std::vector<double>(n * n), std::vector<double>(n * n)};
    for (std::size_t j = 0; j < columns.size(); ++j)
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n; ++b) {
                const double lead = columns[j][b] - columns[j][a];
                double& discordance = result.discordance[a * n + b];
                result.concordance[a * n + b] += a != b && lead <= 0 ? input.weights[j] : 0;
                discordance = std::max(discordance, lead > 0 ? lead / widest : 0);
            }
    return result;
}

Outcome electre_1(const MethodInput& input, bool scaled, double concordance, double discordance) {
    const std::size_t n = input.rows();
    Agreement of = agreement(input, scaled);
    const std::vector<bool> kernel = kernel_of(graph_of(of, n, concordance, discordance));
    Outcome outcome{.figure = "in the kernel", .chooses = true};
    outcome.figures.assign(kernel.begin(), kernel.end());
    outcome.ranks = ranks_of(outcome.figures, true);
    outcome.remarks.push_back(kernel_remark(input, kernel));
    return with_pairs(std::move(outcome), std::move(of), n);
}

Outcome electre_2(const MethodInput& input, bool scaled, const OutrankingLimits& limits) {
    const std::size_t n = input.rows();
    Agreement of = agreement(input, scaled);
    Graph strong = graph_of(of, n, limits.strong, limits.wide), weak = graph_of(of, n, limits.weak, limits.wide);
    strong.add(graph_of(of, n, limits.middle, limits.strict));
    drop_equals(strong, of);
    drop_equals(weak, of);
    return with_pairs(from_both_ends(places_of(strong, weak), places_of(strong.turned(), weak.turned())), std::move(of),
                      n);
}

} // namespace zonerank::engine
