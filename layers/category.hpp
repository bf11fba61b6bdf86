// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `category`: a class. Of a raster: the most frequent in the cell where that
/// spans several of its cells (the smallest code of equals), the nearest
/// otherwise, or with the layer's `resample: nearest`. Of a polygon layer: the
/// `field` of the polygon that holds the cell's centre, the last in the file where
/// they overlap; texts are coded 0, 1, 2 ... in the order of the alphabet, with
/// their names in Layer::classes. NaN for null and outside all polygons.
MeasureKind category_measure();

} // namespace zonerank::layers
