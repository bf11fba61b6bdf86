// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/joined_network.hpp"

#include <utility>

namespace zonerank::rasters {

JoinedNetwork::JoinedNetwork(std::vector<RoadLine> lines, std::span<const Shape* const> places, const Joining& joining,
                             const OffNetwork& access, const EdgeLengths& lengths)
    : m_access(access), m_parts(join(std::move(lines), places, joining, access, lengths)) {}

JoinedNetwork::Parts JoinedNetwork::join(std::vector<RoadLine> lines, std::span<const Shape* const> places,
                                         const Joining& joining, const OffNetwork& access, const EdgeLengths& lengths) {
    lines = clean_lines(std::move(lines));
    const LineEdges edges(lines);
    Landings landings = find_landings(edges, access, places);
    std::vector<LinePlace> further;
    for (const Landing& landing : landings.all)
        further.push_back(landing.place);
    RoadGraph graph(std::move(lines), edges, joining, further, lengths);
    return {std::move(landings), std::move(graph)};
}

std::vector<NodeStart> JoinedNetwork::starts_at(std::span<const Landing> landings) const {
    std::vector<NodeStart> starts;
    for (const Landing& landing : landings)
        starts.push_back({graph().node_at(landing.place), landing.minutes});
    return starts;
}

} // namespace zonerank::rasters
