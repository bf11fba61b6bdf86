// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"
#include "rasters/focal.hpp"

namespace zonerank::layers {

/// `focal`: a statistic of a raster's cells whose centres lie within a radius of the
/// cell's own (those at exactly the radius do), on the study's grid, once the raster
/// is resampled to it, also beyond the area. Cells without data are left out; NaN
/// where there are no others. In the raster's unit, or its dimension's base:
/// `mean`, `deviation` (of the population), `minimum`, `maximum`; `sum`, of counts
/// only, of which it is the only one; and `share`, of classes only, percent of the
/// cells that have one of `classes` (of a cell of several pixels the part that has).
/// Throws Error for a radius of more than 1000 cells.
MeasureKind focal_measure();

/// The disc of a radius in metres, which a parameter names. Throws Error for less than
/// `least` cells, in which there is nothing but the cell itself, and for more than 1000.
rasters::Disc disc_of(std::string_view parameter, double radius, const rasters::Grid& grid, double least = 1);

} // namespace zonerank::layers
