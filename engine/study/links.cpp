// SPDX-License-Identifier: Apache-2.0
#include "engine/study/links.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

std::span<const layers::Kind<NetworkKind>> networks() {
    static const std::array<layers::Kind<NetworkKind>, 3> table{
        {{.name = "minimum spanning tree",
          .summary = "joins all that can be joined with the least of minutes in sum",
          .make = NetworkKind::spanning_tree,
          .source = "Kruskal 1956"},
         {.name = "pairwise", .summary = "links each pair", .make = NetworkKind::pairwise},
         {.name = "nearest hub",
          .summary = "links each place to the nearest of `hubs`, one of `between`",
          .make = NetworkKind::nearest_hub}}};
    return table;
}

std::string_view network_name(NetworkKind kind) {
    return std::ranges::find(networks(), kind, &layers::Kind<NetworkKind>::make)->name;
}

static NetworkKind network_of(const Section& section) {
    NetworkKind network = NetworkKind::spanning_tree;
    if (const Node* node = section.find("network"))
        section.problems().guard(node->mark, section.path("network"),
                                 [&] { network = layers::find(networks(), "network", scalar_text(*node)).make; });
    return network;
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

// A study that names one of both rates means no more than that.
static void read_cost(const Section& section, LinksSpec& links) {
    if (!section.find("cost per hour") && !section.find("cost per km"))
        return;
    const auto rate = [&](const char* key) {
        const double value = section.number(key).value_or(0);
        if (!(value >= 0 && std::isfinite(value)))
            section.problems().error(section.find(key)->mark, fmt::format("{}: expected 0 or more, found '{}'",
                                                                          section.path(key), section.text(key)));
        return value;
    };
    links.cost_per_hour = rate("cost per hour");
    links.cost_per_km = rate("cost per km");
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
    read_cost(section, links);
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
