// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/data_table.hpp"

#include <string>
#include <utility>
#include <vector>

/// Weights that the sites' own numbers give: what tells sites apart weighs much. They
/// hold for these sites alone. Pure functions, thread-safe.
namespace zonerank::engine {

/// Weights, and the figures behind them by their names, one for each criterion: NaN for
/// one that is the same at all sites.
struct DataWeights {
    std::vector<double> weights; ///< sum 1; 0 for a criterion that is the same at all sites
    std::vector<std::pair<std::string, std::vector<double>>> figures;
    std::vector<std::string> notes{}; ///< what should be told
};

// All throw Error, naming criterion and site, for numbers the method can't take, and
// when every criterion is the same at all sites. A single criterion weighs 1.

/// 1 - entropy of a criterion's shares of its sum, over the logarithm of the number of
/// sites (Shannon 1948; Hwang and Yoon 1981). Numbers 0 or above; senses don't matter.
DataWeights entropy_weights(const DataTable& table);

/// Standard deviation of each criterion scaled to 0..1 between its worst and best site
/// (Diakoulaki, Mavrotas and Papayannakis 1995).
DataWeights deviation_weights(const DataTable& table);

/// CRITIC: that deviation times the sum of 1 - correlation with each other criterion
/// (Diakoulaki, Mavrotas and Papayannakis 1995).
DataWeights critic_weights(const DataTable& table);

/// MEREC: how much all sites' overall results change when the criterion is left out
/// (Keshavarz-Ghorabaee et al. 2021). Numbers above 0.
DataWeights merec_weights(const DataTable& table);

/// CILOS: the less is lost of a criterion when the others are at their best, the more it
/// weighs (Zavadskas and Podvezko 2016). Numbers 0 or above; above 0 where less is better.
/// Of sites that tie for a criterion's best the losses are averaged. Throws Error,
/// too, when losses leave the weights open.
DataWeights cilos_weights(const DataTable& table);

/// IDOCRIW: entropy's weights times those of CILOS (the same).
DataWeights idocriw_weights(const DataTable& table);

} // namespace zonerank::engine
