// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/stretches.hpp"

#include "rasters/segment_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace zonerank::rasters {

void Stretches::add(const RoadGraph::Edge& edge, double at_begin, double at_end) {
    m_graph.each_piece(edge, [&](const RoadGraph::Piece& piece) {
        const double after = std::max(edge.minutes - (piece.before + piece.minutes), 0.0);
        add(piece, at_begin + piece.before, at_end + after);
    });
}

// A direction is left out where the other is sooner from all of the piece.
void Stretches::add(const RoadGraph::Piece& piece, double at_begin, double at_end) {
    const auto [a, b] = piece.segment;
    const double length = std::hypot(b.x - a.x, b.y - a.y), rise = length > 0 ? piece.minutes / length : 0;
    if (at_begin <= m_limit && at_begin < at_end + piece.minutes)
        m_approaches.push_back({{a, b}, at_begin, rise});
    if (at_end <= m_limit && (at_end < at_begin + piece.minutes || at_begin == at_end + piece.minutes))
        m_approaches.push_back({{b, a}, at_end, rise});
}

void Stretches::add_place(const Shape& shape) {
    for (const Segment& s : segments_of(std::vector{&shape}))
        m_approaches.push_back({s, 0, 0});
}

void Stretches::add_reached(const NodeSearch& from_starts) {
    std::vector<std::uint32_t> edges;
    for (const std::uint32_t node : from_starts.reached())
        for (const RoadGraph::Arc& arc : m_graph.arcs_from(node))
            if (arc.edge != RoadGraph::over_link)
                edges.push_back(arc.edge);
    std::ranges::sort(edges);
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    for (const std::uint32_t i : edges) {
        const RoadGraph::Edge& edge = m_graph.edges()[i];
        add(edge, from_starts.minutes(edge.from),
            m_graph.one_way(edge) ? NodeSearch::nowhere : from_starts.minutes(edge.to));
    }
}

} // namespace zonerank::rasters
