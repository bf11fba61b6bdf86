// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"

namespace zonerank::engine {

/// How entries become comparable before distances are taken. A criterion that is the
/// same at all sites tells none of them apart, whichever it is.
enum class Normalisation {
    vector, ///< by the root of the sum of squares
    minmax, ///< 0 at the worst site, 1 at the best
    none,   ///< as they are: for values
};

/// Closeness, 0 .. 1: the distance (Euclidean, weighted) to the worst of all sites on each
/// criterion, as a share of that and the distance to the best (Hwang and Yoon 1981; minmax:
/// Opricovic and Tzeng 2004). 0.5 for all when no criterion tells them apart.
Outcome topsis(const MethodInput& input, Normalisation normalisation);

/// VIKOR (Opricovic and Tzeng 2004): S, the weighted regret; R, the greatest of one
/// criterion; Q, `majority` (0..1) of S and the rest of R, each over its range. Less is
/// better; all 0 when no criterion tells the sites apart. The remarks tell the compromise:
/// the first alone when its lead in Q is at least 1 / (n - 1) (C1, acceptable advantage) and
/// it is the first by S or R, too (C2, acceptable stability); else all that are level with it.
Outcome vikor(const MethodInput& input, double majority);

} // namespace zonerank::engine
