// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

namespace zonerank::layers {

// What can be reached from where: people, jobs, customers. A limit in minutes is over the
// study's friction, from those who come to the cell that they come to; one in metres is a
// straight line. What is in no reach is 0, which is a known fact; over a friction NaN
// where nothing crosses the cell. Weights are of points, of polygons (spread evenly, or
// over the part of them that is `settled`; of `two-step` only workers are) or of a raster
// of counts; over a friction those that lie outside its area, or more than 4
// cells from any ground that can be crossed, don't count, and of points the latter is an
// Error. With `over: lines` minutes are along the lines of the friction's `speeds` alone,
// as in `network time`, on the study's own grid, and never NaN. In the layer's own unit.

/// `people within`: the sum of all weights in reach (cumulative opportunities).
MeasureKind people_within_measure();

/// `gravity`: the sum of all weights in reach, each times a decay of its distance or time
/// (potential accessibility, Hansen 1959); with `by` and `similarity` also times how much
/// the feature's industry means to those that the zone is for (see Similarity).
MeasureKind gravity_measure();

/// `two-step`: workers for each job, if a site of `own` jobs came to the cell: the sum of
/// the weights in reach, each divided by all jobs in its own reach (`among`), the
/// newcomer's with them. Two-step floating catchments (Luo and Wang 2003), with workers as
/// the supply and jobs as the demand.
MeasureKind two_step_measure();

} // namespace zonerank::layers
