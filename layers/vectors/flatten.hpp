// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

class OGRGeometry;

namespace zonerank::layers {

struct Flattened {
    rasters::Shape shape;
    bool changed = false; ///< curves became lines, or heights and measures were dropped
    bool finite = true;   ///< no coordinate is NaN or infinite
};

/// An OGR geometry as plain points, lines and polygons with closed rings;
/// collections are spread. Arcs become chords of half a degree, which leave a
/// circle of 1 km radius by less than 1 cm.
Flattened flattened(const OGRGeometry& geometry);

} // namespace zonerank::layers
