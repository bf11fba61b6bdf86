// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/network_times.hpp"

#include "rasters/network/joined_network.hpp"
#include "rasters/network/stretches.hpp"
#include "rasters/polygon_index.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace zonerank::rasters {

namespace {

NetworkReach reach_of(const JoinedNetwork& network) {
    const Landings& landings = network.landings();
    NetworkReach reach{.targets = landings.places, .off = landings.off, .nearest_off = landings.nearest_off};
    const std::vector<std::uint32_t> parts = network.graph().parts();
    reach.parts = std::set<std::uint32_t>(parts.begin(), parts.end()).size();
    for (const RoadGraph::Edge& edge : network.graph().edges())
        reach.minutes += edge.minutes;
    return reach;
}

} // namespace

struct NetworkTimes::Solved {
    NetworkReach reach;
    Approaches approaches;
    PolygonIndex polygons;

    static Solved solve(std::vector<RoadLine> lines, std::span<const Shape* const> targets, const Joining& joining,
                        const OffNetwork& access, const EdgeLengths& lengths);
};

NetworkTimes::Solved NetworkTimes::Solved::solve(std::vector<RoadLine> lines, std::span<const Shape* const> targets,
                                                 const Joining& joining, const OffNetwork& access,
                                                 const EdgeLengths& lengths) {
    const JoinedNetwork network(std::move(lines), targets, joining, access, lengths);
    const RoadGraph& graph = network.graph();
    const std::vector<double> minutes = graph.minutes_to(network.starts());
    NetworkReach reach = reach_of(network);
    Stretches stretches(graph);
    for (const RoadGraph::Edge& edge : graph.edges()) {
        const double back = graph.one_way(edge) ? NodeSearch::nowhere : minutes[edge.from], on = minutes[edge.to];
        if (std::isinf(back) && std::isinf(on))
            reach.lost += edge.minutes;
        else
            stretches.add(edge, back, on);
    }
    for (const Shape* target : targets)
        stretches.add_place(*target);
    return {reach, Approaches(stretches.take(), access), PolygonIndex(targets)};
}

NetworkTimes::NetworkTimes(std::vector<RoadLine> lines, std::span<const Shape* const> targets, const Joining& joining,
                           const OffNetwork& access, const EdgeLengths& lengths)
    : m_solved(std::make_shared<const Solved>(Solved::solve(std::move(lines), targets, joining, access, lengths))) {}

const NetworkReach& NetworkTimes::reach() const {
    return m_solved->reach;
}

Tile NetworkTimes::to_centres(const Grid& grid, Window window, double limit) const {
    Tile out = m_solved->approaches.to_centres(grid, window, limit);
    for (const Run& run : m_solved->polygons.inside(grid, window))
        std::fill_n(&out[{run.col, run.row}], run.cols, 0.0F);
    return out;
}

} // namespace zonerank::rasters
