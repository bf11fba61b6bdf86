// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

namespace zonerank::engine {

// How much two rankings of the same sites agree: 1 alike, 0 unrelated, -1 turned round.
// None where one of them has all sites level, which says nothing. Ranks: 1 is best, ties share one.

/// Kendall's tau-b, n log n (Knight 1966).
std::optional<double> kendall(std::span<const int> a, std::span<const int> b);

/// Spearman's rho: ties count as the mean of the ranks they take up.
std::optional<double> spearman(std::span<const int> a, std::span<const int> b);

/// Kendall's tau in which an exchange counts more the higher it is: a site's share is one over
/// its rank, of two added, the mean of the ranks in a and in b taken (Vigna 2015). n log n.
std::optional<double> weighted_kendall(std::span<const int> a, std::span<const int> b);

} // namespace zonerank::engine
