// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/district_study.hpp"

#include "engine/batch/site_homes.hpp"
#include "layers/sources.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

using layers::Node;

namespace {

Node text(std::string value, const layers::Mark& mark) {
    Node node = layers::scalar(std::move(value), mark);
    node.quoted = true;
    node.key_mark = mark;
    return node;
}

/// Takes the place of what the key holds, or comes last.
void put(Node& map, const std::string& key, Node value) {
    if (Node* there = map.find(key))
        *there = std::move(value);
    else
        map.entries.push_back({key, std::move(value)});
}

void remove(Node& map, std::string_view key) {
    std::erase_if(map.entries, [&](const auto& entry) { return entry.first == key; });
}

Node area_of(const District& district, const OverSpec& over, const layers::Mark& mark) {
    Node area{.kind = Node::Kind::map, .mark = mark, .key_mark = mark};
    put(area, "source", text(std::filesystem::absolute(over.file).lexically_normal().string(), mark));
    if (!over.layer.empty())
        put(area, "layer", text(over.layer, mark));
    put(area, "where", text(district.where, mark));
    return area;
}

layers::Mark mark_of(const Node& study, std::string_view key) {
    const Node* node = study.find(key);
    return node ? node->key_mark : study.mark;
}

void name_grid(Node& study, const rasters::Crs& crs) {
    Node* grid = study.find("grid");
    if (grid && grid->is_map() && !grid->find("crs") && !grid->find("like"))
        put(*grid, "crs", text(crs.authority.empty() ? crs.wkt : crs.authority, grid->key_mark));
}

Node none(const layers::Mark& mark) {
    Node node = layers::scalar("none", mark);
    node.key_mark = mark;
    return node;
}

void choose_sites(Node& study, const std::vector<std::int64_t>& fids) {
    Node* sites = study.find("sites");
    if (!sites)
        return;
    if (fids.empty())
        put(study, "sites", none(sites->key_mark));
    else if (sites->is_map()) {
        const Node* where = sites->find("where");
        put(*sites, "where", text(layers::both(where ? where->text : "", where_fid_in(fids)), sites->key_mark));
    }
}

/// What a district asks for its sites may find none.
void need_no_sites(Node& study) {
    Node* sites = study.find("sites");
    if (sites && sites->is_map() && !sites->find("optional"))
        put(*sites, "optional", layers::scalar("true", sites->key_mark));
}

void name_title(Node& study, const Node& before, const std::string& name, const std::string& usual) {
    const Node* written = before.find("study");
    if (!written)
        study.entries.insert(study.entries.begin(), {"study", text(fmt::format("{}: {}", usual, name), study.mark)});
    else if (written->is_scalar() && !has_placeholders(*written))
        study.find("study")->text += ": " + name;
}

} // namespace

Node district_study(const Node& study, const District& district, const Districts& districts, const OverSpec& over,
                    const std::optional<std::vector<std::int64_t>>& sites, layers::Problems& problems) {
    Node result = filled(study, district.fields, problems);
    const std::string file = study.mark.file ? std::filesystem::path(*study.mark.file).stem().string() : "study";
    name_title(result, study, district.name, file);
    put(result, "area", area_of(district, over, mark_of(study, "area")));
    remove(result, "output");
    if (districts.common_grid)
        name_grid(result, districts.around);
    if (sites)
        choose_sites(result, *sites);
    else if (own_sites(study))
        need_no_sites(result);
    return result;
}

bool own_sites(const Node& study) {
    constexpr std::array keys{"source", "layer", "where", "crs", "override"};
    const Node* sites = study.find("sites");
    const Node* layers = study.find("layers");
    if (!sites)
        return false;
    const auto differs = [&](const char* key) {
        const Node* said = sites->find(key);
        return said && has_placeholders(*said);
    };
    const Node* layer = sites->find("layer");
    const Node* named = !sites->find("source") && layer && layers ? layers->find(layer->text) : nullptr;
    return std::ranges::any_of(keys, differs) || (named && has_placeholders(*named));
}

} // namespace zonerank::engine
