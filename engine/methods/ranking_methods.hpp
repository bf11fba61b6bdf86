// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/method.hpp"
#include "layers/terms/kind.hpp"
#include "layers/terms/unit.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// A criterion of the matrix, as parameters name it, with the base unit of its measurements.
struct MatrixCriterion {
    std::string name;
    layers::Unit unit;
};

/// make() throws Error for parameters that contradict each other, for names that are no
/// criterion's, and for thresholds in a unit that is not the criterion's.
using RankingMethodKind = layers::Kind<Method (*)(const layers::Params&, std::span<const MatrixCriterion>)>;

/// The table of methods on the decision matrix. A row's properties are those with its
/// defaults, of entries that are not negative: `monotone`, a better entry never worsens the
/// site's rank; `independent`, a further site changes no order of the others.
std::span<const RankingMethodKind> ranking_methods();

} // namespace zonerank::engine
