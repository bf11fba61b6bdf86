// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/weights.hpp"

#include "engine/decision/judgements.hpp"
#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

namespace {

using layers::Node;
using Names = std::span<const std::string>;

// Refused: 30 % beside 0.7, of which nobody knows whether it means 70 %.
bool all_percent(std::span<const DirectWeight> weights) {
    const auto is_plain = [](const DirectWeight& weight) { return !weight.percent && weight.value != 0; };
    const bool percents = std::ranges::any_of(weights, &DirectWeight::percent);
    if (percents && std::ranges::any_of(weights, is_plain))
        throw Error("percentages and plain numbers can't stand side by side");
    return percents;
}

std::vector<DirectWeight> read_weights(const Node& body, Names members) {
    if (!body.is_map())
        throw Error("expected a weight for each name such as {{power: 30, highway: 20}}, found {}", body.kind_name());
    for (const auto& [name, node] : body.entries)
        if (std::ranges::find(members, name) == members.end())
            throw Error("{}", layers::unknown("name", name, members));
    std::vector<DirectWeight> weights;
    for (const std::string& member : members) {
        const Node* node = body.find(member);
        if (!node)
            throw Error("'{}' has no weight (0 leaves it out)", member);
        weights.push_back(in_context("'" + member + "'", [&] { return parse_weight(*node); }));
    }
    return weights;
}

Weighing direct(const Node& body, Names members) {
    return direct_weighing(read_weights(body, members));
}

Weighing equal(const Node& body, Names members) {
    if (!body.is_empty())
        throw Error("'equal' takes no parameters");
    return {Weights::equal(members.size()), "equal", "equal"};
}

// Of three judgements, each is as far from the weights as the others.
std::string contradiction(const Ahp& result, Names members) {
    const WorstJudgement& worst = result.worst;
    return fmt::format("consistency ratio {:.3f} is above 0.10: the judgements contradict each other, {} '{} vs {}', "
                       "given as {:.3g} where the weights imply {:.2g}",
                       result.consistency_ratio, members.size() > 3 ? "most of all" : "such as", members[worst.i],
                       members[worst.j], worst.given, worst.implied);
}

Weighing by_ahp(const Node& body, Names members) {
    const Ahp result = ahp(read_judgements(body, members), members);
    std::string summary = "AHP, principal eigenvector";
    if (members.size() > 2)
        summary += fmt::format(", CR {:.2f} ({})", result.consistency_ratio, random_index_source(members.size()));
    Weighing weighing{result.weights, "ahp", std::move(summary)};
    if (result.consistency_ratio > 0.10)
        weighing.warnings.push_back(contradiction(result, members));
    return weighing;
}

} // namespace

DirectWeight parse_weight(const Node& node) {
    if (!node.is_scalar())
        throw Error("expected a number, found {}", node.kind_name());
    const layers::Quantity quantity = layers::parse_quantity(node.text);
    if (!quantity.unit.name.empty() && quantity.unit.name != "%")
        throw Error("expected a number or a percentage, found '{}'", layers::excerpt(node.text));
    if (quantity.value < 0)
        throw Error("a weight must not be negative, found '{}'", node.text);
    return {quantity.value, quantity.unit.name == "%"};
}

Weighing direct_weighing(std::span<const DirectWeight> given) {
    const bool percent = all_percent(given);
    std::vector<double> raw;
    for (const DirectWeight& weight : given)
        raw.push_back(weight.value);
    Weighing weighing{Weights::of(raw), "direct", "direct"};
    const double total = std::accumulate(raw.begin(), raw.end(), 0.0);
    if (percent && std::abs(total - 100) > 0.5)
        weighing.warnings.push_back(fmt::format("the weights add up to {:g} %; they are scaled to 100 %", total));
    return weighing;
}

Weights Weights::of(std::span<const double> raw) {
    double total = 0;
    for (const double weight : raw) {
        if (!(weight >= 0))
            throw Error("a weight is {:g}; weights must not be negative", weight);
        total += weight;
    }
    if (total == 0)
        throw Error("all weights are 0");
    if (std::isinf(total))
        throw Error("the weights are too large to add up");
    std::vector<double> values(raw.begin(), raw.end());
    for (double& value : values)
        value /= total;
    return Weights(std::move(values));
}

Weights Weights::equal(std::size_t count) {
    return count == 0 ? Weights() : of(std::vector<double>(count, 1.0));
}

std::span<const WeightingKind> weighting_methods() {
    static const WeightingKind kinds[] = {
        {"direct",
         "a weight for each name, on any scale: {power: 30, highway: 20}",
         {{"*", "each name: a number, or all of them percentages", layers::Type::categories}},
         direct,
         "Edwards 1977"},
        {"equal", "all count the same", {}, equal, "Dawes and Corrigan 1974"},
        {"ahp",
         "from judgements of pairs: {power vs highway: 2}, {matrix: [[1, 2], [1/2, 1]], of: [power, highway]} or "
         "{csv: file}",
         {{"*", "each pair: how many times more the first matters than the second", layers::Type::categories}},
         by_ahp,
         "principal eigenvector, Saaty 1980"},
    };
    return kinds;
}

} // namespace zonerank::engine
