// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `attribute`: a numeric field of the polygon that holds the cell's centre, in
/// the base of the layer's unit; of the last in the file where polygons overlap,
/// also when its field is null. NaN for null and outside all polygons.
MeasureKind attribute_measure();

/// `cover`: percent of the cell that polygons of one or several layers cover,
/// within 2^-24; ground under several counts once. 0 where there are none.
MeasureKind cover_measure();

} // namespace zonerank::layers
