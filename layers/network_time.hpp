// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `network time`: minutes from each cell's centre to the nearest feature along the lines
/// of the study's `friction: speeds`, from and to which one goes in straight lines, or
/// straight to it where that is sooner; 0 inside polygons. What is farther than `limit`
/// counts as that. NaN where neither a line that leads to a target nor a target itself is
/// `within` reach. Lengths of lines are those on the ellipsoid, whatever the grid's CRS.
/// Ground, barriers and delays of the friction don't count.
MeasureKind network_time_measure();

} // namespace zonerank::layers
