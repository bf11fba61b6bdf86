// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

namespace zonerank::engine {

// Means of a site's values, 0..1, of which more is better. What one site gets hangs on
// no other. The study's own ranking may fold theme by theme; these fold all criteria at once.

Outcome weighted_sum(const MethodInput& input);     ///< MacCrimmon 1968
Outcome weighted_product(const MethodInput& input); ///< Bridgman 1922: a value of 0 makes it 0

/// `sum` (0..1) of the weighted sum and the rest of the weighted product (Zavadskas et al. 2012).
Outcome waspas(const MethodInput& input, double sum);

} // namespace zonerank::engine
