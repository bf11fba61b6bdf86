// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `density`: of points within a radius of the cell's centre, per km2 (quartic
/// kernel, Silverman 1986; or uniform) or as a plain sum (count), each point
/// counting 1 or what its `weight` field says; of lines, their kilometres per km2
/// within the radius. The layer's geometry decides which. A weight that is null
/// is an Error. Units: 1/km2, people/km2 or the layer's own per km2; a plain
/// number or the layer's own for count; km/km2 for lines.
MeasureKind density_measure();

} // namespace zonerank::layers
