// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"

#include <limits>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Which of all pairs become links.
enum class NetworkKind { pairwise, spanning_tree, nearest_hub };

/// What a study says under `links`: places to join by the least of travel time.
struct LinksSpec {
    static constexpr const char* sites = "sites"; ///< among `between`: the study's candidate zones

    std::vector<std::string> between; ///< layers, or `sites`
    NetworkKind network = NetworkKind::spanning_tree;
    std::string hubs;                                       ///< nearest hub: which of `between`
    double limit = std::numeric_limits<double>::infinity(); ///< minutes; farther are no links
    layers::Mark mark, between_mark;
};

/// Reads a study's `links`; what is wrong goes to `problems`, at its place.
LinksSpec read_links(const layers::Node& node, layers::Problems& problems);

/// Reports names that are no layers of the study's, and `sites` where it has none.
void check_links(const LinksSpec& links, const std::vector<std::string>& known, bool has_sites,
                 layers::Problems& problems);

} // namespace zonerank::engine
