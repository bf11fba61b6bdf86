// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/approaches.hpp"
#include "rasters/network/node_search.hpp"

#include <limits>
#include <vector>

namespace zonerank::rasters {

/// What one can get onto, or off: the pieces of a network's edges by the minutes along it
/// between them and the starts of a search, up to a limit.
class Stretches {
public:
    explicit Stretches(const RoadGraph& graph, double limit = std::numeric_limits<double>::infinity())
        : m_graph(graph), m_limit(limit) {}

    /// Adds an edge's pieces, by the minutes between its two ends and the starts; infinite
    /// where one can't go between that end and the edge.
    void add(const RoadGraph::Edge& edge, double at_begin, double at_end);
    /// Adds the pieces of all edges that one gets to from a search's starts.
    void add_reached(const NodeSearch& from_starts);
    void add_place(const Shape& shape); ///< where one is at once

    std::vector<Approach> take() { return std::move(m_approaches); }

private:
    void add(const RoadGraph::Piece& piece, double at_begin, double at_end);

    const RoadGraph& m_graph;
    double m_limit;
    std::vector<Approach> m_approaches;
};

} // namespace zonerank::rasters
