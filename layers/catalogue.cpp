// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

#include "layers/terms/problems.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace zonerank::layers {

namespace {

using Layers = std::map<std::string, const Node*, std::less<>>;

std::vector<CatalogueEntry> all_themes() {
    std::vector<CatalogueEntry> entries;
    for (auto table : {infrastructure_criteria(), location_criteria(), labor_criteria(), connectivity_criteria()})
        std::ranges::move(table, std::back_inserter(entries));
    return entries;
}

std::vector<std::string> roles_of(const CatalogueEntry& entry) {
    std::vector<std::string> roles;
    for (const CatalogueInput& input : entry.inputs)
        roles.emplace_back(input.role);
    return roles;
}

Layers layers_by_role(const CatalogueEntry& entry, const Node& of) {
    const std::vector<std::string> roles = roles_of(entry);
    Layers layers;
    for (const auto& [role, node] : of.entries) {
        if (std::ranges::find(roles, role) == roles.end())
            throw Error("{}", unknown("input of " + std::string(entry.name), role, roles));
        layers.emplace(role, &node);
    }
    if (!of.is_map() && !of.is_null() && roles.size() == 1)
        layers.emplace(roles.front(), &of);
    for (const CatalogueInput& input : entry.inputs)
        if (!layers.contains(input.role))
            throw Error("{} needs a layer for '{}' ({}){}", entry.name, input.role, input.help,
                        roles.size() > 1 ? fmt::format(": of: {{{}: ...}}", fmt::join(roles, ": ..., ")) : "");
    return layers;
}

const Node* replacement(const Node& node, const Layers& layers) {
    if (!node.is_scalar() || !node.text.starts_with('$'))
        return nullptr;
    const auto it = layers.find(std::string_view(node.text).substr(1));
    return it == layers.end() ? nullptr : it->second;
}

Node filled(const Node& node, const Layers& layers) {
    if (const Node* layer = replacement(node, layers))
        return *layer;
    Node result = node;
    result.items.clear();
    for (const Node& item : node.items) {
        const Node one = filled(item, layers);
        if (replacement(item, layers) && one.is_list())
            result.items.insert(result.items.end(), one.items.begin(), one.items.end());
        else
            result.items.push_back(one);
    }
    for (auto& entry : result.entries)
        entry.second = filled(entry.second, layers);
    return result;
}

} // namespace

std::span<const CatalogueEntry> catalogue() {
    static const std::vector<CatalogueEntry> entries = all_themes();
    return entries;
}

const CatalogueEntry& catalogue_entry(std::string_view name) {
    const std::size_t at = name.find('@');
    const CatalogueEntry* latest = nullptr;
    std::vector<std::string> names, revisions;
    for (const CatalogueEntry& entry : catalogue()) {
        names.emplace_back(entry.name);
        if (entry.name != name.substr(0, at))
            continue;
        revisions.push_back(full_name(entry));
        if (revisions.back() == name)
            return entry;
        if (!latest || latest->revision < entry.revision)
            latest = &entry;
    }
    if (!latest)
        throw Error("{}", unknown("criterion of the catalogue", name.substr(0, at), names));
    if (at != name.npos)
        throw Error("there is no '{}'; there is {}", name, fmt::join(revisions, ", "));
    return *latest;
}

std::string full_name(const CatalogueEntry& entry) {
    return fmt::format("{}@{}", entry.name, entry.revision);
}

Node with_layers(const Node& measure, const CatalogueEntry& entry, const Node& of) {
    return filled(measure, layers_by_role(entry, of));
}

} // namespace zonerank::layers
