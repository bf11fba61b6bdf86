// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/packed_index.hpp"
#include "rasters/segment.hpp"

#include <span>
#include <vector>

namespace zonerank::rasters {

/// Cells of one row, side by side.
struct Run {
    int row = 0, col = 0, cols = 0;
    friend bool operator==(const Run&, const Run&) = default;
};

/// Which places lie inside the polygons of a set of shapes. Inside is where a
/// ray to the west crosses the rings of one polygon an odd number of times, so
/// holes are outside and polygons may overlap. A place on an edge may come out
/// either way. Immutable, so safe to ask from any thread.
class PolygonIndex {
public:
    PolygonIndex() = default;
    explicit PolygonIndex(const Shape& shape);
    explicit PolygonIndex(std::span<const Shape* const> shapes);

    bool empty() const { return m_polygons.empty(); }
    bool contains(Point p) const;

    /// The cells of the window whose centre lies inside, row by row; runs of a
    /// row neither overlap nor touch.
    std::vector<Run> inside(const Grid& grid, Window window) const;

private:
    struct Range {
        std::size_t first, last; ///< edges
        Box box;
    };
    template <typename Visit>
    void each_polygon(const Box& box, Visit&& visit) const;

    std::vector<Segment> m_edges; ///< of each polygon together, lower end first; none horizontal
    std::vector<Range> m_polygons;
    PackedIndex m_edge_index, m_polygon_index;
};

} // namespace zonerank::rasters
