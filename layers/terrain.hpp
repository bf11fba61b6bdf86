// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

// Measured at the raster's own resolution (warped to the grid's CRS, cubic, at the
// cell that native_grid() finds) and then averaged or interpolated to the grid;
// `at: grid` resamples the elevations first. NaN where an elevation around has no
// data.

/// `slope`: percent, rise over run (Horn 1981).
MeasureKind slope_measure();

/// `aspect`: degrees clockwise from north that the ground faces (Horn 1981),
/// averaged as directions; -1 where more than half of the cell's ground is flat,
/// or where the directions cancel. Not a quantity: Layer::circular is set.
MeasureKind aspect_measure();

/// `ruggedness`: metres (Riley, DeGloria and Elliot 1999). Grows with the cell at
/// which it is measured.
MeasureKind ruggedness_measure();

} // namespace zonerank::layers
