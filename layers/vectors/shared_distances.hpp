// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/shared_inputs.hpp"
#include "rasters/distance.hpp"

#include <vector>

namespace zonerank::layers {

/// The shapes of all features of the sets, in order, which have to outlive them.
std::vector<const rasters::Shape*> shapes_of(const FeatureSets& sets);

/// Distances to all of them: one index for the same sets, whoever asks (see Sharing).
rasters::DistanceIndex shared_distances(const FeatureSets& sets);

} // namespace zonerank::layers
