// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/road_graph.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Which way one goes while the search goes out from its starts.
enum class Going { to_starts, from_starts };

/// Minutes along a network to the nearest of some starts, or from it (Dijkstra 1959).
/// Every number is the least of sums in a fixed order, so it does not depend on the order
/// of anything. For one thread; takes 8 bytes a node.
class NodeSearch {
public:
    static constexpr double nowhere = std::numeric_limits<double>::infinity();

    /// Keeps a reference.
    NodeSearch(const RoadGraph& graph, Going going)
        : m_graph(graph), m_going(going), m_minutes(graph.nodes(), nowhere) {}

    /// To be called once. What is farther than the limit isn't reached.
    void run(std::span<const NodeStart> starts, double limit = nowhere);

    double minutes(std::uint32_t node) const { return m_minutes[node]; } ///< infinite where it isn't reached
    std::span<const std::uint32_t> reached() const { return m_reached; } ///< nodes, the nearest first
    std::vector<double> take() { return std::move(m_minutes); }          ///< of all nodes

private:
    const RoadGraph& m_graph;
    Going m_going;
    std::vector<double> m_minutes;
    std::vector<std::uint32_t> m_reached;
};

} // namespace zonerank::rasters
