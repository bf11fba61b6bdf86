// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weight_reading.hpp"

#include <utility>

/// Weights that are known in part: an interval each, or an order.
namespace zonerank::engine {

using Interval = std::pair<double, double>;                      ///< shares, 0..1
using Orders = std::vector<std::pair<std::size_t, std::size_t>>; ///< the first matters at least as much

/// {power: 0.31, highway: 0.69} as recorded by an earlier run: shares that sum to 1 are
/// kept to the last bit, others scaled with a warning. An entry may be an interval such
/// as 25..35 % (or 0.25..0.35). Then the weights stand where all are equally far along
/// what is left of their intervals when all must sum to 1. Throws Error for intervals
/// that can't sum to 1.
Weighing fixed_weights(const layers::Node& body, Members members);

/// What is left of each interval when the weights must sum to 1. Throws Error when
/// that can't be.
std::vector<Interval> feasible(std::vector<Interval> intervals);

/// [power, highway] or [power > highway, power > rail > port]: the mean of all weights of
/// that order (the centroid of its part of the simplex). Throws Error for an order that
/// goes round in a circle, naming it, and for one that leaves too much open.
Weighing order_weights(const layers::Node& body, Members members);

/// That mean: over all rankings that keep the order, of the centroid weights of ranks.
/// Exact; at most 63 names. Throws Error when a million sets of names could stand at the top.
std::vector<double> centroid(const Orders& orders, std::size_t count);

} // namespace zonerank::engine
