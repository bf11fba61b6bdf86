// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `sample`: the value of a raster, resampled to the cell as its layer's `values`
/// and `resample` say, in the base of the layer's unit. Classes stay classes.
MeasureKind sample_measure();

} // namespace zonerank::layers
