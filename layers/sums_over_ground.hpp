// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/catchment.hpp"
#include "layers/layer.hpp"

#include <string_view>

namespace zonerank::layers {

// Measures of what is reached over a study's friction, by a field that is solved on its
// grid. Throw Error as Catchment does.

/// The sum of what is there in reach of each cell, each times the decay of its minutes.
Layer sums_over_ground(Unit unit, std::string_view measure, Catchment& ground, const OpportunityParameters& of,
                       const rasters::Decay& decay, const rasters::Grid& study);

/// The sum of those in reach, each divided by `own` and what is `among` in its own reach.
Layer shares_over_ground(Catchment& ground, const OpportunityParameters& of, const OpportunityParameters& among,
                         double own, const rasters::Grid& study);

} // namespace zonerank::layers
