// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/packed_index.hpp"
#include "rasters/segment.hpp"

#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Edges and points (as edges without length) of a set of shapes, in an order
/// and with an index that find the nearest. 34 bytes each. Immutable, so safe to
/// ask from any thread.
class SegmentIndex {
public:
    SegmentIndex() = default;

    /// Throws Error when a coordinate is not finite or beyond 1e12 m.
    explicit SegmentIndex(const std::vector<Segment>& segments);

    bool empty() const { return m_segments.empty(); }
    std::span<const Segment> segments() const { return m_segments; } ///< along a Hilbert curve

    /// Squared distance to the nearest segment; `best` when none is nearer.
    double nearest(Point p, double best = std::numeric_limits<double>::infinity()) const;
    double nearest(const Segment& s, double best) const; ///< 0 where they meet

    /// How far rounding may put off a distance measured near p, with room to spare.
    double slack(Point p) const;

    /// Calls visit(first, box) for the groups of PackedIndex::fan segments, from
    /// `first` on and in a box, that have all the segments within `reach` of p.
    template <typename Visit>
    void near_groups(Point p, double reach, Visit&& visit) const {
        m_tree.select([&](const Box& box) { return squared_distance(box, p) <= reach * reach; },
                      [&](std::size_t first, std::size_t) { visit(first, m_tree.leaf(first / PackedIndex::fan)); });
    }

    /// Calls visit(segment) for at least those within `reach` of p.
    template <typename Visit>
    void near(Point p, double reach, Visit&& visit) const {
        m_tree.select([&](const Box& box) { return squared_distance(box, p) <= reach * reach; },
                      [&](std::size_t first, std::size_t last) {
                          for (std::size_t i = first; i < last; ++i)
                              visit(m_segments[i]);
                      });
    }

private:
    template <typename From>
    double nearest_to(const From& from, const Box& around, double margin, double least) const;

    double m_scale = 0; ///< largest coordinate
    std::vector<Segment> m_segments;
    PackedIndex m_tree;
};

/// The larger of the coordinates' magnitudes. Throws Error when one is not finite
/// or beyond 1e12 m: squares and products would lose their meaning.
double require_place(Point p);

/// The shapes' edges and points, as a SegmentIndex takes them.
std::vector<Segment> segments_of(std::span<const Shape* const> shapes);

} // namespace zonerank::rasters
