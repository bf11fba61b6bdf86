// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

namespace zonerank::rasters {

// Each takes elevations in metres with at least one cell more on every side
// than `window`, and gives NaN where one of the nine elevations has no data.

/// Rise over run in percent (Horn 1981).
Tile slope(const Tile& elevation, const Grid& grid, Window window);

/// Downslope direction in degrees clockwise from north, [0, 360) (Horn 1981);
/// -1 where the slope is below `flat` percent.
Tile aspect(const Tile& elevation, const Grid& grid, Window window, double flat);

/// Terrain ruggedness index: root of the summed squared differences to the
/// eight neighbours, metres (Riley, DeGloria and Elliot 1999).
Tile ruggedness(const Tile& elevation, const Grid& grid, Window window);

} // namespace zonerank::rasters
