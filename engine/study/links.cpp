// SPDX-License-Identifier: Apache-2.0
#include "engine/study/links.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

static NetworkKind network_of(const Section& section) {
    static constexpr std::array<std::pair<const char*, NetworkKind>, 3> kinds{
        {{"minimum spanning tree", NetworkKind::spanning_tree},
         {"pairwise", NetworkKind::pairwise},
         {"nearest hub", NetworkKind::nearest_hub}}};
    const std::string text = section.text("network", kinds.front().first);
    std::vector<std::string> names;
    for (const auto& [name, kind] : kinds) {
        if (text == name)
            return kind;
        names.emplace_back(name);
    }
    section.problems().error(section.find("network")->mark,
                             fmt::format("{}: {}", section.path("network"), layers::unknown("network", text, names)));
    return NetworkKind::spanning_tree;
}

static void read_hubs(const Section& section, LinksSpec& links) {
    if (links.network != NetworkKind::nearest_hub)
        return section.refuse("hubs", "is for `network: nearest hub`");
    if (!section.need("hubs", "which of `between` the others are linked to"))
        return;
    links.hubs = section.text("hubs");
    if (!links.between.empty() && std::ranges::find(links.between, links.hubs) == links.between.end())
        section.problems().error(section.find("hubs")->mark,
                                 fmt::format("{}: '{}' is not in `between`: {}", section.path("hubs"), links.hubs,
                                             fmt::join(links.between, ", ")));
}

LinksSpec read_links(const Node& node, Problems& problems) {
    LinksSpec links{.mark = node.key_mark};
    const Section section(node, "links", keys_of("links"), problems);
    if (!node.is_map())
        return links;
    if (const Node* between = section.need("between", "what is linked: [sites, LAYER, ...]")) {
        links.between_mark = between->mark;
        links.between = section.texts("between");
    }
    links.network = network_of(section);
    read_hubs(section, links);
    if (const auto limit = section.quantity("limit", layers::Dimension::time)) {
        links.limit = *limit;
        if (!(links.limit > 0))
            problems.error(section.find("limit")->mark, "links: limit: expected more than 0");
    }
    return links;
}

void check_links(const LinksSpec& links, const std::vector<std::string>& known, bool has_sites, Problems& problems) {
    for (auto name = links.between.begin(); name != links.between.end(); ++name) {
        const auto told = [&](const std::string& what) {
            problems.error(links.between_mark, "links: between: " + what);
        };
        if (std::find(links.between.begin(), name, *name) != name)
            told(fmt::format("'{}' is named twice", *name));
        else if (*name == LinksSpec::sites && !has_sites)
            told("the study has no sites; add `sites: {source: ...}`");
        else if (*name != LinksSpec::sites && std::ranges::find(known, *name) == known.end())
            told(layers::unknown("layer", *name, known));
    }
}

} // namespace zonerank::engine
