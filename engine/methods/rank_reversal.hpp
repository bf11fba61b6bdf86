// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Ranks of the sites given by number, in their order: 1 is best, equals share.
using Ranker = std::function<std::vector<int>(std::span<const std::size_t> sites)>;

/// What the absence of one site changes among two others.
struct Reversal {
    std::size_t without = 0;
    std::size_t ahead = 0, behind = 0; ///< their order with all sites; without it, it is another
};

/// Leaves each of `sites` sites out in turn and ranks the rest again: the order of the others
/// should not depend on who else stands for choice (Belton and Gear 1983). Gives one pair for
/// each site whose absence changes an order, the best placed of all.
std::vector<Reversal> rank_reversals(std::size_t sites, const Ranker& rank);

} // namespace zonerank::engine
