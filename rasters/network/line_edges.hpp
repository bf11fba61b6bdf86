// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/packed_index.hpp"
#include "rasters/segment.hpp"
#include "rasters/travel/road_steps.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A place on one of several lines: a part `at`, from 0 to below 1, of one of its edges;
/// a line's last vertex is at 0 of the edge that would come next.
struct LinePlace {
    std::uint32_t line = 0, edge = 0;
    double at = 0;

    friend auto operator<=>(const LinePlace&, const LinePlace&) = default;
};

/// The edges of lines, found by where they lie. About 55 bytes each. Immutable, so safe
/// to ask from any thread.
class LineEdges {
public:
    struct Edge {
        Segment segment;
        std::uint32_t line, edge; ///< numbers of the line and of the edge in it
    };

    /// Throws Error when a coordinate is not finite or beyond 1e12 m.
    explicit LineEdges(std::span<const RoadLine> lines);

    std::span<const Edge> edges() const { return m_edges; } ///< along a Hilbert curve

    /// Metres that a distance between edges may be off by rounding, with room to spare.
    double slack() const { return 2e-12 * m_scale; }

    /// Calls visit(edge, its number) for each whose bounding box meets `box`.
    template <typename Visit>
    void meeting(const Box& box, Visit&& visit) const {
        m_tree.select([&](const Box& b) { return b.intersects(box); },
                      [&](std::size_t first, std::size_t last) {
                          for (std::size_t i = first; i < last; ++i)
                              if (m_edges[i].segment.box().intersects(box))
                                  visit(m_edges[i], i);
                      });
    }

    /// Squared distance from a segment to the nearest edge; `best` when none is nearer.
    double nearest(const Segment& from, double best = std::numeric_limits<double>::infinity()) const;

private:
    double m_scale = 0;
    std::vector<Edge> m_edges;
    PackedIndex m_tree;
};

/// Where on an edge of a line that is, at a part from 0 to 1 of it.
LinePlace place_on(const LineEdges::Edge& edge, double at);

/// How far along a segment, from 0 to 1, its nearest point to p is.
double nearest_part(const Segment& s, Point p);

/// How far along s, from 0 to 1, it meets the line through t; they cross.
double crossing_part(const Segment& s, const Segment& t);

} // namespace zonerank::rasters
