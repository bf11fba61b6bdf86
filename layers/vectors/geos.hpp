// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <memory>
#include <vector>

namespace zonerank::layers {

// Plane geometry by GEOS. All of it throws Error when GEOS gives up, and may be
// called from any thread.

/// Makes the shape's polygons valid and free of overlaps, keeping every bit of
/// ground that any of them covers (GEOS MakeValid, "structure" method); what
/// collapses stays as a line or a point. Returns whether anything had to be done.
bool mend(rasters::Shape& shape);

/// Outward by `by` metres (GEOS buffer, 16 segments to a quarter circle); inward
/// when negative, where points and lines vanish. 0 returns the shape as it is.
rasters::Shape buffered(const rasters::Shape& shape, double by);

/// One shape without overlaps from many (GEOS cascaded union); lines and points are dropped.
rasters::Shape united(const std::vector<rasters::Shape>& shapes);

/// Polygons that are asked again and again what they have in common with others. Stays
/// in the thread that made it.
class CommonGround {
public:
    explicit CommonGround(const rasters::Shape& ground);
    CommonGround(CommonGround&&) noexcept;
    ~CommonGround();

    /// Of the other's polygons, square CRS units; 0 without any.
    double area_with(const rasters::Shape& other) const;

private:
    struct Prepared;
    std::unique_ptr<const Prepared> m_prepared;
};

} // namespace zonerank::layers
