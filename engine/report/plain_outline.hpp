// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <cstddef>
#include <vector>

namespace zonerank::engine {

/// The rings of a shape's polygons with fewer corners (Douglas and Peucker 1973): none of
/// those left out lies farther than `tolerance` (metres, 0 or more) from the line. Where
/// more than `most` corners remained the tolerance is doubled until they don't, or nothing
/// but triangles is left. Rings stay closed; holes smaller than the tolerance are left out.
std::vector<rasters::Path> plain_outline(const rasters::Shape& shape, double tolerance, std::size_t most);

/// A point within a shape's largest polygon, for its label: half way along the longest run
/// of the parallel through the middle of its box. NaN for a shape without polygons.
rasters::Point label_point(const rasters::Shape& shape);

} // namespace zonerank::engine
