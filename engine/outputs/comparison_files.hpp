// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/comparison.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

// What a comparison leaves in the folder of results. Where there is no number a cell is empty.

/// comparison/ranks.csv: per site its best and worst rank and, by each method, rank and figure.
std::string ranks_csv(const Comparison& comparison);

/// comparison/agreement.csv: per two methods Kendall's tau-b, Spearman's rho, and Vigna's weighted tau.
std::string agreement_csv(const Comparison& comparison, std::span<const Pairing> pairings);

/// comparison/pairs.csv: per two sites what methods that compare pairs say of the first to the
/// second. The head alone where there are more than most_pairs_told sites.
std::string pairs_csv(const Comparison& comparison);

/// comparison/comparison.json: all of it, with each method's variant, parameters, source,
/// assumption, properties and those it lacks.
std::string comparison_json(const Comparison& comparison, std::span<const Pairing> pairings);

} // namespace zonerank::engine
