// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/best_worst.hpp"

#include "engine/decision/linear_program.hpp"
#include "layers/terms/unit.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace zonerank::engine {

namespace {

// Liang, Brunelli and Rezaei 2020, table 3: rows are spans, columns numbers of names, both 3 .. 9.
constexpr std::array<std::array<double, 7>, 7> thresholds{{{0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667},
                                                           {0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683},
                                                           {0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960},
                                                           {0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262},
                                                           {0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403},
                                                           {0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657},
                                                           {0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662}}};

/// a times w_over - b times w_under, at most or at least.
LinearRow row(std::size_t over, double a, std::size_t under, double b) {
    return {.terms = {{over, a}, {under, -b}}};
}

LinearRow sum_to_one(std::size_t size) {
    LinearRow sum{.lower = 1, .upper = 1};
    for (std::size_t i = 0; i < size; ++i)
        sum.terms.push_back({i, 1});
    return sum;
}

/// Calls f(over, under, judgement) for each: the best over all others, and all but the
/// best over the worst.
template <typename F>
void for_judgements(const BestWorst& judgements, F&& f) {
    for (std::size_t j = 0; j < judgements.best_to_others.size(); ++j) {
        if (j != judgements.best)
            f(judgements.best, j, judgements.best_to_others[j]);
        if (j != judgements.best && j != judgements.worst)
            f(j, judgements.worst, judgements.others_to_worst[j]);
    }
}

/// Weights for which each judgement is within `xi` of what they imply.
LinearProgram within(const BestWorst& judgements, double xi) {
    const std::size_t size = judgements.best_to_others.size();
    LinearProgram program{.costs = std::vector<double>(size), .rows = {sum_to_one(size)}};
    for_judgements(judgements, [&](std::size_t over, std::size_t under, double judgement) {
        program.rows.push_back(row(over, 1, under, judgement + xi));
        program.rows.back().upper = 0;
        program.rows.push_back(row(over, 1, under, judgement - xi));
        program.rows.back().lower = 0;
    });
    return program;
}

/// Whether weights are within `xi`: whether one best to worst is within reach of them all.
bool reachable(const BestWorst& judgements, double xi) {
    double least = judgements.span() - xi, most = judgements.span() + xi;
    for (std::size_t j = 0; j < judgements.best_to_others.size(); ++j) {
        if (j == judgements.best || j == judgements.worst)
            continue;
        const double above = judgements.best_to_others[j], below = judgements.others_to_worst[j];
        least = std::max(least, std::max(0.0, above - xi) * std::max(0.0, below - xi));
        most = std::min(most, (above + xi) * (below + xi));
    }
    return least <= most;
}

double least_xi(const BestWorst& judgements) {
    if (reachable(judgements, 0))
        return 0;
    double none = 0, enough = judgements.span();
    for (int round = 0; round < 200 && none < enough; ++round) {
        const double middle = none + (enough - none) / 2;
        if (middle == none || middle == enough)
            break;
        (reachable(judgements, middle) ? enough : none) = middle;
    }
    return enough;
}

double least(LinearProgram program, std::size_t member, double sign) {
    program.costs[member] = sign;
    const LinearSolution solution = minimise(program);
    if (solution.status != LinearStatus::optimal)
        throw Error("the best-worst method's linear program has no answer");
    return sign * solution.value;
}

double judgement_of(const layers::Node& node) {
    const layers::Quantity quantity = layers::parse_quantity(scalar_of(node, "a number"));
    const double judgement = layers::convert(quantity, layers::base_unit(layers::Dimension::number));
    if (!(judgement >= 1) || std::isinf(judgement))
        throw Error("a judgement of the best-worst method is 1 or more, found '{}'", node.text);
    return judgement;
}

const layers::Node& needed(const layers::Node& body, std::string_view key) {
    const layers::Node* node = body.find(key);
    if (!node || node->is_null())
        throw Error("'{}' is missing", key);
    return *node;
}

/// A judgement for each member but `own`, which is 1, and `free`, which may be left out (NaN).
std::vector<double> read_side(const layers::Node& body, std::string_view key, Members members, std::size_t own,
                              std::size_t free) {
    const layers::Node& side = needed(body, key);
    if (!side.is_map())
        throw Error("'{}': expected numbers such as {{highway: 2, rail: 8}}, found {}", key, side.kind_name());
    std::vector<double> judgements(members.size(), std::numeric_limits<double>::quiet_NaN());
    judgements[own] = 1;
    return in_context(fmt::format("'{}'", key), [&] {
        for (const auto& [name, node] : side.entries) {
            const std::size_t member = member_called(name, members);
            const double judgement = in_context("'" + name + "'", [&] { return judgement_of(node); });
            if (member == own && judgement != 1)
                throw Error("'{}' against itself is {:g}; it must be 1", name, judgement);
            judgements[member] = judgement;
        }
        for (std::size_t i = 0; i < members.size(); ++i)
            if (std::isnan(judgements[i]) && i != free)
                throw Error("'{}' has no judgement", members[i]);
        return judgements;
    });
}

/// The best against the worst belongs to both sides.
void agree_on_span(BestWorst& judgements, Members members) {
    double& above = judgements.best_to_others[judgements.worst];
    double& below = judgements.others_to_worst[judgements.best];
    if (std::isnan(above) && std::isnan(below))
        throw Error("'best to others': '{}' has no judgement", members[judgements.worst]);
    if (std::isnan(above))
        above = below;
    if (std::isnan(below))
        below = above;
    if (above != below)
        throw Error("'{}' against '{}' is {:g} in 'best to others', but {:g} in 'others to worst'",
                    members[judgements.best], members[judgements.worst], above, below);
}

BestWorst read_best_worst(const layers::Node& body, Members members) {
    static const std::vector<std::string> keys{"best", "worst", "best to others", "others to worst", "variant"};
    if (!body.is_map())
        throw Error(
            "expected {{best: power, worst: rail, best to others: {{...}}, others to worst: {{...}}}}, found {}",
            body.kind_name());
    refuse_other_keys(body, keys);
    BestWorst result;
    result.best = member_called(scalar_of(needed(body, "best"), "a name"), members);
    result.worst = member_called(scalar_of(needed(body, "worst"), "a name"), members);
    if (result.best == result.worst)
        throw Error("'{}' is both the best and the worst", members[result.best]);
    result.best_to_others = read_side(body, "best to others", members, result.best, result.worst);
    result.others_to_worst = read_side(body, "others to worst", members, result.worst, result.best);
    agree_on_span(result, members);
    return result;
}

bool is_linear(const layers::Node& body) {
    const layers::Node* variant = body.find("variant");
    if (!variant || scalar_of(*variant, "'linear' or 'nonlinear'") == "linear")
        return true;
    if (variant->text != "nonlinear")
        throw Error("'variant': expected linear or nonlinear, found '{}'", variant->text);
    return false;
}

// A judgement beyond the best's over the worst says that something is better than the best.
std::vector<std::string> warnings_of(const BestWorst& judgements, Members members) {
    std::vector<std::string> warnings;
    for_judgements(judgements, [&](std::size_t over, std::size_t under, double judgement) {
        if (judgement > judgements.span())
            warnings.push_back(fmt::format("'{}' over '{}' is {:g}, more than the best over the worst, {:g}",
                                           members[over], members[under], judgement, judgements.span()));
    });
    const double ratio = input_based_ratio(judgements);
    const double threshold = input_based_threshold(members.size(), judgements.span());
    if (members.size() > 2 && ratio > threshold)
        warnings.push_back(fmt::format("the judgements contradict each other: input-based consistency ratio {:.3f}, "
                                       "above {:.3f} (Liang, Brunelli and Rezaei 2020)",
                                       ratio, threshold));
    return warnings;
}

void add_ranges(const BestWorstWeights& result, std::vector<Detail>& details) {
    std::vector<double> least, most;
    for (const auto& [from, to] : result.ranges) {
        least.push_back(from);
        most.push_back(to);
    }
    details.push_back({"least", std::move(least)});
    details.push_back({"greatest", std::move(most)});
}

} // namespace

BestWorstWeights best_worst_linear(const BestWorst& judgements) {
    const std::size_t size = judgements.best_to_others.size();
    LinearProgram program{.costs = std::vector<double>(size + 1), .rows = {sum_to_one(size)}};
    program.costs[size] = 1;
    for_judgements(judgements, [&](std::size_t over, std::size_t under, double judgement) {
        for (const double sign : {-1.0, 1.0}) {
            program.rows.push_back(row(over, sign, under, sign * judgement));
            program.rows.back().terms.push_back({size, -1});
            program.rows.back().upper = 0;
        }
    });
    LinearSolution solution = minimise(program);
    if (solution.status != LinearStatus::optimal)
        throw Error("the best-worst method's linear program has no answer");
    solution.x.resize(size);
    BestWorstWeights result{std::move(solution.x), {}, std::max(0.0, solution.value)};
    for (double& weight : result.weights) {
        weight = std::max(0.0, weight);
        result.ranges.emplace_back(weight, weight);
    }
    return result;
}

BestWorstWeights best_worst_nonlinear(const BestWorst& judgements) {
    BestWorstWeights result{{}, {}, least_xi(judgements)};
    const LinearProgram program = within(judgements, result.xi + 1e-9);
    for (std::size_t i = 0; i < judgements.best_to_others.size(); ++i) {
        result.ranges.emplace_back(least(program, i, 1), least(program, i, -1));
        result.weights.push_back((result.ranges.back().first + result.ranges.back().second) / 2);
    }
    const double sum = std::accumulate(result.weights.begin(), result.weights.end(), 0.0);
    for (double& weight : result.weights)
        weight /= sum;
    return result;
}

double best_worst_consistency_index(double span) {
    return (1 + 2 * span - std::sqrt(8 * span + 1)) / 2;
}

double input_based_ratio(const BestWorst& judgements) {
    const double span = judgements.span();
    double most = 0;
    for (std::size_t j = 0; j < judgements.best_to_others.size(); ++j)
        most = std::max(most, std::abs(judgements.best_to_others[j] * judgements.others_to_worst[j] - span));
    return span == 1 ? 0 : most / (span * span - span);
}

double input_based_threshold(std::size_t names, double span) {
    if (span < 3)
        return 0;
    const auto place = [](double at) { return static_cast<std::size_t>(std::clamp(std::round(at), 3.0, 9.0)) - 3; };
    return thresholds[place(span)][place(static_cast<double>(names))];
}

Weighing best_worst_weights(const layers::Node& body, Members members) {
    if (members.size() < 2)
        throw Error("the best-worst method needs two names or more");
    const BestWorst judgements = read_best_worst(body, members);
    const bool linear = is_linear(body);
    const BestWorstWeights result = linear ? best_worst_linear(judgements) : best_worst_nonlinear(judgements);
    const double ratio =
        linear || judgements.span() == 1 ? result.xi : result.xi / best_worst_consistency_index(judgements.span());
    Weighing weighing{Weights::of(result.weights), "best worst",
                      linear ? fmt::format("best-worst method, linear, consistency {:.3f} (Rezaei 2016)", ratio)
                             : fmt::format("best-worst method, nonlinear, consistency ratio {:.3f} (Rezaei 2015), "
                                           "middles of the ranges of weights",
                                           ratio),
                      warnings_of(judgements, members)};
    if (!linear)
        add_ranges(result, weighing.details);
    weighing.details.push_back({"xi", result.xi});
    weighing.details.push_back({linear ? "consistency (xi)" : "consistency ratio (Rezaei 2015)", ratio});
    weighing.details.push_back({"input-based consistency ratio", input_based_ratio(judgements)});
    weighing.details.push_back({"its threshold", input_based_threshold(members.size(), judgements.span())});
    return weighing;
}

} // namespace zonerank::engine
