// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `distance`: metres from each cell's centre to the nearest feature of one or
/// several layers, to the point, line or polygon itself; 0 inside polygons. A
/// selection without features is an Error, never a distance. The layer has
/// from_shape: metres from a site's own outline.
MeasureKind distance_measure();

} // namespace zonerank::layers
