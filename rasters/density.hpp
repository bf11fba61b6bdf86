// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <memory>
#include <span>

namespace zonerank::rasters {

/// How a point's weight spreads over the disc of the search radius r.
enum class Kernel {
    count,   ///< 1 within r
    quartic, ///< 3 / (pi r^2) (1 - d^2/r^2)^2, Silverman 1986, eq. 4.5
    uniform, ///< 1 / (pi r^2)
};

/// Density of points and of lines within a radius of each cell's centre; 0 where
/// there are none. A number does not depend on the window it is asked in: points
/// are added in an order of their own (see Dots); lengths are rounded to 2^-51 of all
/// lines together, so that their sums are exact and have no order (Demmel and
/// Nguyen 2013). Safe to call from any thread.
class DensityIndex {
public:
    /// `weights`: one per shape (empty: all 1). Points carry their shape's
    /// weight, and so does each metre of a line. Polygons are ignored. Throws
    /// Error for a weight that is not a number below 1e15 and for coordinates that
    /// are not finite or beyond 1e12 m.
    DensityIndex(std::span<const Shape> shapes, std::span<const double> weights);

    /// Sum of weight (Kernel::count) or weight per km2 (the others) around each
    /// centre; a point at exactly `radius` metres counts. Throws Error unless
    /// radius > 0.
    Tile points(const Grid& grid, Window window, double radius, Kernel kernel) const;

    /// Kilometres of line per km2 within the disc of `radius` metres, clipped
    /// exactly at its rim. Throws Error unless radius > 0.
    Tile lines(const Grid& grid, Window window, double radius) const;

private:
    struct Index;
    std::shared_ptr<const Index> m_index;
};

} // namespace zonerank::rasters
