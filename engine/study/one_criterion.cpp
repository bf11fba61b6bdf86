// SPDX-License-Identifier: Apache-2.0
#include "engine/study/one_criterion.hpp"

#include "layers/terms/problems.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Node;

static bool is_criterion(const Node::Entry& entry) {
    return entry.second.is_map() && entry.first != "weights" && entry.first != "aggregate";
}

static Node without_weight(Node criterion) {
    std::erase_if(criterion.entries, [](const auto& entry) { return entry.first == "weight"; });
    return criterion;
}

static void keep(Node& theme, const std::string& name) {
    std::erase_if(theme.entries, [&](const auto& entry) { return entry.first != name || !is_criterion(entry); });
    for (Node::Entry& entry : theme.entries)
        entry.second = without_weight(entry.second);
}

Node one_criterion(const Node& criteria, const std::string& name) {
    std::vector<std::string> known;
    Node result = criteria;
    std::erase_if(result.entries, [](const auto& theme) { return theme.first == "weights"; });
    for (Node::Entry& theme : result.entries) {
        for (const Node::Entry& entry : theme.second.entries)
            if (is_criterion(entry))
                known.push_back(entry.first);
        keep(theme.second, name);
    }
    std::erase_if(result.entries, [](const auto& theme) { return theme.second.entries.empty(); });
    if (result.entries.empty())
        throw Error("{}", layers::unknown("criterion", name, known));
    return result;
}

bool mentions(const Node& tree, const std::string& name) {
    const auto inside = [&](const auto& entry) { return mentions(entry.second, name); };
    return (tree.is_scalar() && tree.text == name) ||
           std::ranges::any_of(tree.items, [&](const Node& item) { return mentions(item, name); }) ||
           std::ranges::any_of(tree.entries, inside);
}

} // namespace zonerank::engine
