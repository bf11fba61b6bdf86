// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

namespace zonerank::engine {

// Methods that compare sites with a point made of all of them, after dividing by the best
// entry of a criterion (more is better) or dividing the best by the entry (less is better).
// Both throw Error for a negative entry, and for 0 where less is better: shares of it mean
// nothing. A criterion that is 0 at all sites tells none of them apart.

/// CODAS (Keshavarz Ghorabaee et al. 2016): how much farther from the worst than the other
/// sites, in sum; by the Euclidean distance, and where these differ by `threshold` or more,
/// by the taxicab distance besides. n log n in the number of sites.
Outcome codas(const MethodInput& input, double threshold);

/// MARCOS (Stevic et al. 2020): the utility between an anti-ideal and an ideal site.
Outcome marcos(const MethodInput& input);

} // namespace zonerank::engine
