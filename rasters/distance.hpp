// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <limits>
#include <memory>
#include <span>

namespace zonerank::rasters {

/// Where the ground of a window lies; mixed: on both sides, or too near the border
/// to tell, or there is nothing.
enum class Side { inside, outside, mixed };

/// Straight-line distances in a plane to an immutable set of shapes: to the
/// point, line or polygon itself, never to rasterised cells; 0 inside a
/// polygon. Answers are computed in double from absolute coordinates and
/// rounded once, so a cell's distance does not depend on the window it is asked
/// in: what pruning leaves out is certain to be farther, and the least of what is
/// left has no order. Polygons may overlap each other. Copies share the index,
/// about 70 bytes an edge of a polygon and 35 an edge of a line. All members are
/// safe to call from any thread.
class DistanceIndex {
public:
    /// Throws Error when a coordinate is not finite or beyond 1e12 m.
    explicit DistanceIndex(std::span<const Shape* const> shapes);
    explicit DistanceIndex(std::span<const Shape> shapes);

    static constexpr double unlimited = std::numeric_limits<double>::infinity();

    bool empty() const; ///< no shape has a point: all distances are NaN

    /// Metres from each cell's centre to the nearest shape. What is farther than
    /// `limit` metres counts as that, which saves the search for it.
    Tile to_centres(const Grid& grid, Window window, double limit = unlimited) const;

    /// Metres from each cell, as a square, to the nearest shape: 0 where any
    /// part of the cell touches one.
    Tile to_cells(const Grid& grid, Window window, double limit = unlimited) const;

    /// Whether all ground of a window is at most `metres` (>= 0) from the shapes. Far
    /// quicker than distances, for most windows lie on one side. Certain, however
    /// distances round: where it is not mixed, all that to_centres and to_cells give
    /// for the window compares with `metres`, as floats, as it says.
    Side within(const Grid& grid, Window window, double metres) const;

    /// Metres from a point, or from a shape's nearest part: 0 where they touch, NaN for an
    /// empty one.
    double to(Point from) const;
    double to(const Shape& from) const;

private:
    struct Index;
    std::shared_ptr<const Index> m_index;
};

} // namespace zonerank::rasters
