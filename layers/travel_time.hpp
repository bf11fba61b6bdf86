// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

/// `travel time`: minutes from the cell to the nearest of the features over the study's
/// friction surface, solved there once and read bilinearly (averaged where the study's
/// cells are larger). What is farther than `limit` counts as that. NaN where no way
/// leads, and on barriers.
MeasureKind travel_time_measure();

/// `nearest by time`: which of a layer's features the cell is nearest to by those
/// minutes, as the class that a field of theirs names; of the friction's cell in which the
/// cell's centre lies. NaN where `travel time` is, and beyond the limit.
MeasureKind nearest_by_time_measure();

} // namespace zonerank::layers
