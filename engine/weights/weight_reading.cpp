// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/weight_reading.hpp"

#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Node;

const std::string& scalar_of(const Node& node, std::string_view what) {
    if (!node.is_scalar())
        throw Error("expected {}, found {}", what, node.kind_name());
    return node.text;
}

std::size_t member_called(std::string_view name, Members members) {
    const auto it = std::ranges::find(members, name);
    if (it == members.end())
        throw Error("{}", layers::unknown("name", name, members));
    return static_cast<std::size_t>(it - members.begin());
}

bool all_percent(std::span<const DirectWeight> weights) {
    const auto is_plain = [](const DirectWeight& weight) { return !weight.percent && weight.value != 0; };
    const bool percents = std::ranges::any_of(weights, &DirectWeight::percent);
    if (percents && std::ranges::any_of(weights, is_plain))
        throw Error("percentages and plain numbers can't stand side by side");
    return percents;
}

std::vector<DirectWeight> weights_by_name(const Node& body, Members members) {
    if (!body.is_map())
        throw Error("expected a weight for each name such as {{power: 30, highway: 20}}, found {}", body.kind_name());
    for (const auto& entry : body.entries)
        member_called(entry.first, members);
    std::vector<DirectWeight> weights;
    for (const std::string& member : members) {
        const Node* node = body.find(member);
        if (!node)
            throw Error("'{}' has no weight (0 leaves it out)", member);
        weights.push_back(in_context("'" + member + "'", [&] { return parse_weight(*node); }));
    }
    return weights;
}

double share_of(const DirectWeight& weight) {
    return weight.percent ? weight.value / 100 : weight.value;
}

void refuse_other_keys(const Node& map, std::span<const std::string> known) {
    for (const auto& entry : map.entries)
        if (std::ranges::find(known, entry.first) == known.end())
            throw Error("{}", layers::unknown("key", entry.first, known));
}

DirectWeight parse_weight(const Node& node) {
    const layers::Quantity quantity = layers::parse_quantity(scalar_of(node, "a number"));
    if (!quantity.unit.name.empty() && quantity.unit.name != "%")
        throw Error("expected a number or a percentage, found '{}'", layers::excerpt(node.text));
    if (quantity.value < 0)
        throw Error("a weight must not be negative, found '{}'", node.text);
    return {quantity.value, quantity.unit.name == "%"};
}

} // namespace zonerank::engine
