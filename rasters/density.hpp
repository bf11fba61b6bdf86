// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/raster.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

/// How a point's weight spreads over the disc of the search radius r.
enum class Kernel {
    count,   ///< 1 within r
    quartic, ///< 3 / (pi r^2) (1 - d^2/r^2)^2, Silverman 1986, eq. 4.5
    uniform, ///< 1 / (pi r^2)
};

/// Density of points and of lines within a radius of each cell's centre.
/// Each cell sums its features in the order they were given, so a number does
/// not depend on the window it is asked in. Safe to call from any thread.
class DensityIndex {
public:
    /// `weights`: one per shape (empty: all 1). Points carry their shape's
    /// weight; lines are weighed per metre. Polygons are ignored.
    DensityIndex(std::span<const Shape> shapes, std::span<const double> weights);

    /// Sum of weight (Kernel::count) or weight per km2 (the others) around each centre.
    Tile points(const Grid& grid, Window window, double radius, Kernel kernel) const;

    /// Kilometres of line per km2 within the disc of `radius` metres, clipped exactly at its rim.
    Tile lines(const Grid& grid, Window window, double radius) const;

private:
    struct Index;
    std::shared_ptr<const Index> m_index;
};

} // namespace zonerank::rasters
