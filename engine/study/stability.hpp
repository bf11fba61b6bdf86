// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/weight_space.hpp"
#include "engine/study/criteria.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Makes the weights that may be meant from what stands beside the kind. `names` and `given`: of
/// all criteria and their weights in the whole study. Throws Error for an unknown name (with the
/// nearest), one without weight, and ranges that can't sum to 100 %.
using WeightSpaceKind = layers::Kind<WeightSpace (*)(const layers::Node& body, std::span<const std::string> names,
                                                     std::span<const double> given)>;

/// The table of weight spaces: uniform, ordinal, intervals, dirichlet.
std::span<const WeightSpaceKind> weight_spaces();

/// The one that a study's `weights:` names.
WeightSpace weight_space(const layers::Choice& choice, std::span<const std::string> names,
                         std::span<const double> given);

/// Where all weights of a space are alike likely, and it is all there are or all in one order:
/// its criteria from the most important on (none: all weights). Nothing for other spaces.
std::optional<std::vector<std::size_t>> even_order(const layers::Choice& choice, const WeightSpace& space);

/// Reads a study's `stability`: none, or a mapping; what is wrong goes to `problems`, at its place.
StabilitySpec read_stability(const layers::Node& node, layers::Problems& problems);

/// Reports weights that no criteria of the decision can have.
void check_stability(const StabilitySpec& stability, const Decision& decision, layers::Problems& problems);

/// The table of distributions of a criterion's `uncertainty`.
std::span<const layers::Kind<Uncertainty::Kind>> uncertainties();

/// Reads one. `unit`: of the criterion's measurements. Throws Error for what can't be meant.
Uncertainty read_uncertainty(const layers::Choice& choice, const layers::Unit& unit);

} // namespace zonerank::engine
