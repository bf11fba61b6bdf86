// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weight_reading.hpp"

/// Weights that people give one by one, or by an order of importance alone. Makers of
/// rows of weighting_methods(), which tells how a study writes them.
namespace zonerank::engine {

/// Any numbers, or percentages (Edwards 1977). Warns of percentages that don't add up to 100.
Weighing direct_weights(const layers::Node& body, Members members);
Weighing equal_weights(const layers::Node& body, Members members); ///< Dawes and Corrigan 1974

/// 100 points shared out. Warns when they don't add up to 100.
Weighing point_weights(const layers::Node& body, Members members);

/// The swing from worst to best that matters most is 100, the others are parts of it
/// (von Winterfeldt and Edwards 1986). Warns when the greatest is not 100.
Weighing swing_weights(const layers::Node& body, Members members);

/// From a list of all names, most important first; names that tie stand in a list of
/// their own and get the mean of the places they take. Of n names, place r weighs
/// (1/r + ... + 1/n) / n (centroid: Barron and Barrett 1996), n + 1 - r (sum) or 1/r
/// (reciprocal: both Stillwell, Seaver and Edwards 1981), to sum 1.
Weighing rank_order_centroid(const layers::Node& body, Members members);
Weighing rank_sum(const layers::Node& body, Members members);
Weighing rank_reciprocal(const layers::Node& body, Members members);

/// Weights of places 1 .. count by the centroid rule, sum 1.
std::vector<double> centroid_of_ranks(std::size_t count);

} // namespace zonerank::engine
