// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

// Where a measure is high, or low, together: Gi* of Getis and Ord (1992), as a standard
// normal deviate (Ord and Getis 1995). Of each cell it compares the sum of what the cells
// of its disc measure, its own with them, to what as many cells drawn from the whole map
// would add up to:
//
//   z = (sum of x - W mean) / (S sqrt((n W - W^2) / (n - 1)))
//
// W: cells with data whose centres lie within the distance, weights being 0 or 1 (the S_1
// of the general formula is then W, too); n, mean and S (of the population): of all cells
// with data of the study's grid, its whole rectangle, whatever the area's outline. Beyond
// the grid nothing counts, so that W falls towards its edges and towards ground without
// data. NaN where the cell itself has no data; 0 where there is nothing to compare: all
// cells measure the same, or are in the disc.
// Throws Error for a distance of less than one cell, or more than 1000.

/// `hot spots`: z (above 0: hot), or `p`, the chance of a deviate as far from 0 or farther
/// on either side, 2 (1 - Phi(|z|)), which doesn't tell hot from cold. p is of one cell by
/// itself: of a map of noise, five cells in a hundred are below 0.05.
MeasureKind hot_spots_measure();

/// `hot spot class`: cold or hot at 99, 95 or 90 %, or not significant, by |z| of 2.576,
/// 1.960 and 1.645 or more.
MeasureKind hot_spot_class_measure();

} // namespace zonerank::layers
