// SPDX-License-Identifier: Apache-2.0
#include "engine/study/catalogue_use.hpp"

#include "engine/text/yaml.hpp"
#include "engine/text/yaml_merge.hpp"
#include "layers/catalogue.hpp"

namespace zonerank::engine {

using layers::Node;

// "measure", "value.worst" ...: what a base brings that is not written over it.
static void note(const Node& base, const Node* over, const std::string& path, std::vector<std::string>& notes) {
    if (!over) {
        notes.push_back(path);
        return;
    }
    const bool another_kind = base.is_map() && over->is_map() && base.entries.size() == 1 &&
                              over->entries.size() == 1 && base.entries[0].first != over->entries[0].first;
    if (another_kind || !over->is_map())
        return;
    for (const auto& [key, value] : base.entries)
        note(value, over->find(key), path.empty() ? key : path + "." + key, notes);
}

static Node base_of(const layers::CatalogueEntry& entry, const Node& of, const layers::Mark& mark,
                    layers::Problems& problems) {
    const std::string file = "catalogue: " + layers::full_name(entry);
    Node base{.kind = Node::Kind::map, .mark = mark, .key_mark = mark};
    const auto parsed = [&](std::string_view text) { return parse_yaml(std::string(text), file, problems); };
    base.entries.push_back({"label", layers::scalar(std::string(entry.label), mark)});
    base.entries.push_back({"measure", layers::with_layers(parsed(entry.measure), entry, of)});
    base.entries.push_back({"value", parsed(entry.value)});
    for (auto& [key, node] : base.entries)
        node.key_mark = mark;
    return base;
}

Node expand_use(const Node& written, CriterionSpec& criterion, layers::Problems& problems) {
    const Node& use = *written.find("use");
    if (!use.is_scalar())
        throw Error("use: expected the name of a ready criterion, found {}", use.kind_name());
    const layers::CatalogueEntry& entry = layers::catalogue_entry(use.text);
    const Node* of = written.find("of");
    const Node base = base_of(entry, of ? *of : Node{}, written.key_mark, problems);
    Node over = written;
    std::erase_if(over.entries, [](const auto& item) { return item.first == "use" || item.first == "of"; });
    criterion.catalogue = layers::full_name(entry);
    note(base, &over, "", criterion.from_catalogue);
    Node result = merged_criterion(base, over);
    result.key_mark = written.key_mark;
    return result;
}

} // namespace zonerank::engine
