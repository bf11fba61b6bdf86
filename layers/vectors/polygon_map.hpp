// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <memory>
#include <span>

namespace zonerank::layers {

/// Many shapes' polygons, ready to be asked window by window. Immutable, so safe
/// to ask from any thread; copies share the polygons. What a cell is told does
/// not depend on the window it is asked in.
class PolygonMap {
public:
    explicit PolygonMap(std::span<const rasters::Shape> shapes);

    /// values[i] where the cell's centre lies inside shape i, that of the last
    /// such shape where they overlap; NaN where there is none.
    rasters::Tile at_centres(const rasters::Grid& grid, rasters::Window window, std::span<const float> values) const;

    /// The share of each cell that the shapes cover, 0 .. 1. They must not overlap.
    rasters::Tile cover(const rasters::Grid& grid, rasters::Window window) const;

private:
    struct Index;
    std::shared_ptr<const Index> m_index;
};

} // namespace zonerank::layers
