// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"
#include "engine/methods/preference.hpp"

#include <span>

namespace zonerank::engine {

/// PROMETHEE II (Brans and Vincke 1985): each site's flows over all others, as means: how
/// much it is preferred to them (leaving), they to it (entering), and the difference, net,
/// -1 .. 1, by which it is ranked. One preference per criterion, in its unit. n log n in the
/// number of sites; 0 for a single one, and for all that no criterion tells apart.
/// Of at most most_pairs_told sites also PROMETHEE I's relations, one per pair.
Outcome promethee(const MethodInput& input, std::span<const Preference> preferences);

/// PROMETHEE I's relation of a to b: 1 when a outranks b, 0.5 when they are indifferent,
/// 0 when b outranks a, and -1 when they are incomparable: more leaves a, and more enters it.
double partial_relation(double leaving_a, double entering_a, double leaving_b, double entering_b);

} // namespace zonerank::engine
