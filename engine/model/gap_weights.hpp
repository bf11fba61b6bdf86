// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/sampled_spread.hpp"
#include "engine/stability/score_spread.hpp"
#include "engine/study/criteria.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::engine {

/// What is left of drawn weights where some criteria have no value: in a theme the others share
/// its weight, and a theme without any leaves its own to the other themes.
struct GapWeights {
    std::vector<std::size_t> left; ///< which of the criteria asked for, in their order
    DrawnWeights draws;            ///< of these, each of sum 1
    WeightMoments moments;         ///< of the draws, with n - 1
};

/// For weighted sums of weighted sums. `criteria` are numbers in the decision, and bit i of `gaps` says
/// that the i-th of them is left out; each of `drawn` has a weight for every criterion of the decision.
/// REQUIRES two draws and a criterion with weight that is left. Pure; safe from any thread.
GapWeights gap_weights(const Decision& decision, std::span<const std::size_t> criteria, std::uint64_t gaps,
                       std::span<const std::vector<double>> drawn);

} // namespace zonerank::engine
