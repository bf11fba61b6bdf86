// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/choice.hpp"

#include "rasters/core/error.hpp"

namespace zonerank::layers {

static std::string keys_of(const Node& map) {
    std::string keys;
    for (const auto& entry : map.entries)
        keys += (keys.empty() ? "" : ", ") + entry.first;
    return keys;
}

Choice parse_choice(const Node& node) {
    if (node.is_scalar() && !node.text.empty())
        return {node.text, {.mark = node.mark}, node.mark};
    if (!node.is_map() || node.entries.size() != 1)
        throw Error(
            "expected one kind, bare or with its parameters ({{linear: {{worst: 20 km, best: 0 km}}}}), found {}",
            !node.is_map()         ? std::string(node.kind_name())
            : node.entries.empty() ? "none"
                                   : fmt::format("{} kinds: {}", node.entries.size(), keys_of(node)));
    const auto& [kind, body] = node.entries.front();
    return {kind, body, body.key_mark.line ? body.key_mark : node.mark};
}

} // namespace zonerank::layers
