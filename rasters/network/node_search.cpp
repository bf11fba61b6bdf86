// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/node_search.hpp"

#include <functional>
#include <queue>
#include <utility>

namespace zonerank::rasters {

void NodeSearch::run(std::span<const NodeStart> starts, double limit) {
    using Due = std::pair<double, std::uint32_t>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    const auto offer = [&](std::uint32_t node, double minutes) {
        if (minutes < m_minutes[node] && minutes <= limit)
            due.emplace(m_minutes[node] = minutes, node);
    };
    for (const NodeStart& start : starts)
        offer(start.node, start.minutes);
    while (!due.empty()) {
        const auto [minutes, node] = due.top();
        due.pop();
        if (minutes > m_minutes[node])
            continue;
        m_reached.push_back(node);
        for (const RoadGraph::Arc& arc :
             m_going == Going::to_starts ? m_graph.arcs_into(node) : m_graph.arcs_from(node))
            offer(arc.node, minutes + arc.minutes);
    }
}

} // namespace zonerank::rasters
