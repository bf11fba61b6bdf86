// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"

#include <string_view>

namespace zonerank::engine {

// Fuzzy operators: a weight only says whether a member counts (above 0) or not (0).
// Values are read as memberships of fuzzy sets (Zadeh 1965). Where fewer values are known
// all but the least and the greatest come out higher or lower for it, so gaps are not allowed.

Aggregation fuzzy_product(); ///< all values multiplied: at most the least
Aggregation fuzzy_sum();     ///< 1 - product of (1 - value): at least the greatest

/// fuzzy sum ^ gamma x fuzzy product ^ (1 - gamma) (Zimmermann and Zysno 1980; An, Moon and
/// Rencz 1991). Throws Error unless gamma is in [0, 1].
Aggregation fuzzy_gamma(double gamma);

/// The six families of GRASS's r.fuzzy.logic (Jasiewicz 2011): T(a, b) taken from member
/// to member, and 1 - T(1 - a, 1 - b) for OR.
enum class NormFamily {
    zadeh,       ///< min(a, b)
    product,     ///< a b
    lukasiewicz, ///< max(a + b - 1, 0)
    drastic,     ///< the other where one is 1, else 0
    fodor,       ///< min(a, b) where a + b > 1, else 0
    hamacher,    ///< a b / (a + b - a b), 0 where both are 0
};
/// Throws Error for another word.
NormFamily norm_family(std::string_view name);

Aggregation t_norm(NormFamily family);   ///< AND; gaps are allowed for zadeh alone
Aggregation t_conorm(NormFamily family); ///< OR

} // namespace zonerank::engine
