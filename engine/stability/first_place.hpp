// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/weight_changes.hpp"

#include <optional>
#include <vector>

namespace zonerank::engine {

/// Which weights, if any, put a site of a weighted sum first: linear programs, exact to
/// 1e-9. Rivals enter them one by one, as long as one is ahead, so that a thousand sites make a
/// program of a few rows. Safe from any thread.

/// The weights nearest to the table's (least sum of changes) under which no other site is
/// ahead; none: there are none.
std::optional<std::vector<double>> nearest_for_first(const WeightedTable& table, std::size_t site);

/// The greatest lead over all other sites that weights of the space give to the site:
/// below 0, it can't be first (it is not potentially optimal); 1 when there is no other.
double greatest_lead(const WeightedTable& table, const WeightSpace& space, std::size_t site);

/// A site that is as good as the other on every criterion with weight, and better on one.
bool dominates(const WeightedTable& table, std::size_t site, std::size_t other);

} // namespace zonerank::engine
