// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace zonerank::engine {

/// The sum of exp(-((x - y) / unit)^2) over all y below x, for each x of some numbers in ascending
/// order. By a one-sided fast Gauss transform (Greengard and Strain 1991): the numbers are
/// cut into boxes of a unit; what lies before in the same box comes from a Taylor series, an
/// earlier box from its Hermite series, and what is farther than 6 units away, below 3e-16,
/// is left out. A sum is off by less than 1e-14 of the count of its terms (the bound of
/// truncation is 1e-15, the rest is rounding). Linear in their count, however they lie.
/// Equal numbers have equal sums, to the bit. The unit is
/// above 0.
std::vector<double> gaussian_sums_below(std::span<const double> ascending, double unit);

} // namespace zonerank::engine
