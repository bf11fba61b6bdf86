// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml_merge.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace zonerank::engine {

using layers::Node;

using Place = std::vector<std::string_view>; ///< keys from the root

// Where a study holds choices: mappings with one key, the kind. Laying another
// kind over one replaces the whole.
static bool is_choice(const Place& place) {
    const std::string_view top = place.front(), key = place.back();
    const bool weighing = key == "weights" || key == "aggregate";
    if (top == "constraints")
        return place.size() == 2 || (place.size() == 4 && key == "measure");
    if (top == "criteria" && place.size() == 4)
        return key == "measure" || key == "value" || key == "site";
    return weighing && (place.size() == 1 || (top == "criteria" && place.size() <= 3));
}

// The kind that a choice names; a constraint may have a label beside it.
static std::string_view kind_of(const Node& choice) {
    const auto is_kind = [](const auto& entry) { return entry.first != "label"; };
    const bool one = std::ranges::count_if(choice.entries, is_kind) == 1;
    return one ? std::ranges::find_if(choice.entries, is_kind)->first : std::string_view();
}

static Node lay(const Node& base, const Node& over, Place& place) {
    Node result = base;
    if (!place.empty() && is_choice(place))
        if (const auto kind = kind_of(base), other = kind_of(over); !kind.empty() && !other.empty() && kind != other)
            std::erase_if(result.entries, [&](const auto& entry) { return entry.first == kind; });
    if (result.entries.empty() || !over.is_map())
        return over;
    result.mark = over.mark;
    for (const auto& [key, value] : over.entries) {
        const auto same = [&key = key](const auto& entry) { return entry.first == key; };
        const auto it = std::ranges::find_if(result.entries, same);
        if (value.is_null()) {
            std::erase_if(result.entries, same);
        } else if (it == result.entries.end()) {
            result.entries.push_back({key, value});
        } else {
            place.push_back(key);
            it->second = lay(it->second, value, place);
            place.pop_back();
        }
    }
    return result;
}

Node merged(const Node& base, const Node& over) {
    Place root;
    return lay(base, over, root);
}

Node merged_criterion(const Node& base, const Node& over) {
    Place criterion{"criteria", "theme", "criterion"};
    return lay(base, over, criterion);
}

} // namespace zonerank::engine
