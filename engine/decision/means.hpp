// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"

namespace zonerank::engine {

/// Sum of weight x value (Fishburn 1967). Additive.
Aggregation weighted_sum();

/// Product of value ^ weight (Bridgman 1922): a 0 that counts gives 0.
Aggregation weighted_product();

/// lambda x weighted sum + (1 - lambda) x weighted product (Zavadskas, Turskis,
/// Antucheviciene and Zakarevicius 2012). Throws Error unless lambda is in [0, 1].
Aggregation waspas(double lambda);

/// The least and the greatest value, whatever the weights above 0 are.
Aggregation minimum();
Aggregation maximum();

} // namespace zonerank::engine
