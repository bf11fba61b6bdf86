// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace zonerank::engine {

/// The order of some numbers, the least first; equals in the order given.
std::vector<std::size_t> ascending(std::span<const double> numbers);

/// Ranks of some figures: 1 is best, ties share a rank and the next skips. Figures that
/// lie within 1e-12 of the greatest (in absolute value) of each other are equal: no rank
/// hangs on the order in which sums were taken. None is NaN.
std::vector<int> ranks_of(std::span<const double> figures, bool more_is_better);

} // namespace zonerank::engine
