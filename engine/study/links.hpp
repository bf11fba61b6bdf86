// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"
#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// Which of all pairs become links.
enum class NetworkKind { pairwise, spanning_tree, nearest_hub };

/// The table of networks.
std::span<const layers::Kind<NetworkKind>> networks();
std::string_view network_name(NetworkKind kind); ///< as a study says it: "minimum spanning tree"

/// What a study says under `links`: places to join by the least of travel time.
struct LinksSpec {
    static constexpr const char* sites = "sites"; ///< among `between`: the study's candidate zones

    std::vector<std::string> between; ///< layers, or `sites`
    NetworkKind network = NetworkKind::spanning_tree;
    std::string hubs;                                       ///< nearest hub: which of `between`
    double limit = std::numeric_limits<double>::infinity(); ///< minutes; farther are no links
    double cost_per_hour = 60, cost_per_km = 0;             ///< what a link costs: its minutes, if nothing is said
    layers::Mark mark, between_mark;
};

/// Reads a study's `links`; what is wrong goes to `problems`, at its place.
LinksSpec read_links(const layers::Node& node, layers::Problems& problems);

/// Reports names that are no layers of the study's, and `sites` where it has none.
void check_links(const LinksSpec& links, const std::vector<std::string>& known, bool has_sites,
                 layers::Problems& problems);

} // namespace zonerank::engine
