// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"
#include "engine/decision/order_weights.hpp"

namespace zonerank::engine {

/// How a member's own weight (its importance) goes together with the order weight of
/// its value's place. All three are the weighted mean for equal order weights and plain
/// OWA for equal weights; all on one end gives the minimum or the maximum, by `quantifier`
/// where that member's share of the importances is 1 / n at least.
enum class OwaRule {
    /// Importance x order weight, scaled to 1 (Yager 1988; so in GIS, Malczewski 1999).
    product,
    /// The order weights' running sum as a quantifier through the importances summed from
    /// the best value on: member at S counts Q(S) - Q(S before) (Yager 1996).
    quantifier,
    /// As `product`, of importances first drawn to equal ones by what the order weights'
    /// trade-off lacks of 1: t w + (1 - t) / n (Jiang and Eastman 2000; MCE in Idrisi and TerrSet).
    relaxed,
};

/// Ordered weighted averaging. Equal values share their places' weights, so that the
/// order of the members says nothing. Where fewer members have a value (or a weight above
/// 0) than there are order weights, those of OrderWeights::resized() count. By `product`
/// and `relaxed` a better value may lower the score where it takes another's place.
Aggregation owa(OwaRule rule, const OrderWeights& weights);

/// The same from an attitude to risk, by OrderWeights::of_risk(). The quantifier's curve is
/// Q(r) = r^a itself then, so that 0 is the minimum and 1 the maximum whatever the
/// importances are. Throws Error when risk is not in [0, 1].
Aggregation owa_of_risk(OwaRule rule, double risk, std::size_t members);

} // namespace zonerank::engine
