// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/crs.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A site's ground as RFC 7946 wants it: longitude and latitude on WGS 84, 7
/// decimals, outer rings anticlockwise and holes clockwise, cut at the
/// antimeridian. Empty when nothing is left of it at 7 decimals (about 1 cm).
using Outline = std::vector<rasters::Polygon>;

/// Turns shapes of a grid's CRS into outlines; edges are densified until they
/// bend by less than 1 cm or a thousandth of a cell. Safe from several threads.
class Outliner {
public:
    explicit Outliner(const rasters::Grid& grid); ///< throws Error when the CRS has no way to WGS 84
    Outline operator()(const rasters::Shape& shape) const;

private:
    rasters::Transform m_to_lonlat;
    double m_tolerance; ///< degrees
};

/// West, south, east, north of all outlines, the narrowest way around the globe:
/// west is more than east when it crosses the antimeridian (RFC 7946, 5.2).
/// NaN when there is nothing.
std::array<double, 4> bounding_box(std::span<const Outline> outlines);

/// As a geometry of GeoJSON: a Polygon, a MultiPolygon, or null of nothing.
std::string geometry_json(const Outline& outline);

} // namespace zonerank::engine
