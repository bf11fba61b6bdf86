// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/weight_space.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Sites and criteria of a weighted sum. A criterion of weight 0 is left alone.
struct WeightedTable {
    std::size_t sites = 0, criteria = 0;
    std::span<const double> values;  ///< sites x criteria, row by row, 0..1, no NaN
    std::span<const double> weights; ///< one per criterion, none negative, sum 1

    std::span<const double> row(std::size_t site) const { return values.subspan(site * criteria, criteria); }
    double score(std::size_t site) const;
};

/// Weight that goes from one criterion to another.
struct WeightMove {
    std::size_t from = 0, to = 0;
    double amount = 0; ///< 1 is all weight
};

/// The least weight that has to be moved until one site draws level with another:
/// a trace more, and it is ahead. Half of the sum of all weights' changes.
struct WeightChange {
    double moved = std::numeric_limits<double>::quiet_NaN(); ///< 0..1; NaN: no weights do it
    std::vector<WeightMove> moves{};
    std::optional<std::size_t> rival{}; ///< who passes, or is passed
};

/// Until `behind` draws level with `ahead`: weight goes to the criterion where it
/// leads most (trails least), from those where it trails most: exact.
WeightChange change_to_pass(const WeightedTable& table, std::size_t ahead, std::size_t behind);

/// The least change with which one of `below` draws level with the site, and which.
WeightChange change_to_lose(const WeightedTable& table, std::size_t site, std::span<const std::size_t> below);

/// The least change with which the site is first, or shares first place: a linear program, exact to 1e-9.
WeightChange change_to_first(const WeightedTable& table, std::size_t site);

/// Where a criterion's weight may lie for a site to stay first, the others keeping their
/// proportions; and who takes its place below and above. No rival: up to the end.
struct StayRange {
    std::size_t criterion = 0;
    double least = 0, most = 1;
    std::optional<std::size_t> below{}, above{};
};

/// One per criterion with weight, of a site that is first (or shares it); none when one has all of it.
std::vector<StayRange> stay_ranges(const WeightedTable& table, std::size_t first);

} // namespace zonerank::engine
