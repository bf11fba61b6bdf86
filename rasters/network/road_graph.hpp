// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/joints.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Lines without repeated points, as a RoadGraph and what goes with it take them; those
/// that are no more than a point are left out. Throws Error for a speed that is not
/// above 0.
std::vector<RoadLine> clean_lines(std::vector<RoadLine> lines);

/// Metres along each edge of a path.
using EdgeLengths = std::function<std::vector<double>(const Path&)>;
std::vector<double> plane_lengths(const Path& path);

/// Where a search begins, and after how long.
struct NodeStart {
    std::uint32_t node;
    double minutes;
};

/// A network of lines with their speeds. Nodes are where lines end or are joined, edges
/// are the stretches between them, and links where ends are near; stored by node (in compressed rows); about 120 bytes
/// an edge and 24 a vertex. Immutable, so safe to ask from any thread.
class RoadGraph {
public:
    /// From one node to the next along a line.
    struct Edge {
        std::uint32_t from, to; ///< nodes, in the line's direction
        LinePlace begin, end;
        double minutes;
    };

    /// A step to another node, along an edge or over a link.
    struct Arc {
        std::uint32_t node, edge; ///< `edge`: its number, or over_link
        double minutes;
    };
    static constexpr std::uint32_t over_link = std::numeric_limits<std::uint32_t>::max();

    /// A straight piece of an edge.
    struct Piece {
        Segment segment;
        double before; ///< minutes from the edge's beginning to segment.a
        double minutes;
    };

    /// Of clean_lines(). Each of the `further` places becomes a node.
    RoadGraph(std::vector<RoadLine> lines, const LineEdges& edges, const Joining& joining,
              std::span<const LinePlace> further = {}, const EdgeLengths& lengths = plane_lengths);

    std::uint32_t nodes() const { return m_joints.count; }
    std::span<const Edge> edges() const { return m_edges; }
    bool one_way(const Edge& edge) const { return m_lines[edge.begin.line].one_way; }
    std::uint32_t node_at(LinePlace place) const;                                        ///< of a place that is a node
    std::span<const Arc> arcs_into(std::uint32_t node) const { return m_into.at(node); } ///< by where they come from
    std::span<const Arc> arcs_from(std::uint32_t node) const { return m_from.at(node); } ///< by where they lead to

    /// Calls visit(Piece) for an edge's, from its beginning on.
    template <typename Visit>
    void each_piece(const Edge& edge, Visit&& visit) const {
        double before = 0;
        for (LinePlace at = edge.begin; at < edge.end;) {
            const LinePlace next{at.line, at.edge + 1, 0}, to = next < edge.end ? next : edge.end;
            const Piece piece{{point(at), point(to)}, before, minutes_between(at, to)};
            visit(piece);
            before += piece.minutes;
            at = to;
        }
    }

    /// Minutes from each node to the nearest of the starts (which is where one goes to),
    /// infinite where no way leads there. As NodeSearch does.
    std::vector<double> minutes_to(std::span<const NodeStart> starts) const;

    /// Which piece of the network each node is in, when one could go both ways everywhere.
    std::vector<std::uint32_t> parts() const;

private:
    /// Those of each node side by side.
    struct Arcs {
        std::vector<std::uint32_t> first; ///< of each node; one more at the end
        std::vector<Arc> arcs;

        std::span<const Arc> at(std::uint32_t node) const {
            return std::span(arcs).subspan(first[node], first[node + 1] - first[node]);
        }
    };

    Point point(LinePlace place) const;
    double minutes_between(LinePlace from, LinePlace to) const; ///< on one edge of a line
    void add_edges();
    template <typename Visit>
    void each_arc(Visit&& visit) const;
    Arcs sorted_arcs(bool from) const;

    std::vector<RoadLine> m_lines;
    std::vector<std::vector<double>> m_minutes; ///< of each line's edges
    Joints m_joints;
    std::vector<Edge> m_edges;
    Arcs m_into, m_from;
};

} // namespace zonerank::rasters
