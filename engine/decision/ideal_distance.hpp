// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"

#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// Between which values a member's distance is taken, 0 <= anti_ideal < ideal <= 1. A value
/// beyond one of them counts as the point itself.
struct IdealPoint {
    double anti_ideal = 0, ideal = 1;
};

/// TOPSIS (Hwang and Yoon 1981) of values 0..1, which need no normalisation: with weighted
/// Euclidean distances d = sqrt(sum of (weight x difference)^2), the closeness
/// d to the anti-ideal / (d to the anti-ideal + d to the ideal), 0..1. The points are the
/// study's, not the best and worst of a table, so that no cell depends on another.
Aggregation topsis(std::vector<IdealPoint> points);

/// Compromise programming (Yu 1973, Zeleny 1973): 1 - distance to the ideal / the greatest
/// there can be, in L_p = (sum of (weight x (ideal - value) / (ideal - anti-ideal))^p)^(1/p).
/// p = 1: the weighted sum; infinity: the worst weighted shortfall alone. Throws Error
/// unless p is from 1 to 100 or infinite.
Aggregation compromise(std::vector<IdealPoint> points, double p);

/// A point for some of the members, as a study writes it: name and measurement.
using NamedPoints = std::vector<std::pair<std::string, std::string>>;

/// A pair of points for each member; 1 and 0 for those not named. Throws Error for a name
/// that is none (with the nearest) and an ideal that is no better than the anti-ideal.
std::vector<IdealPoint> ideal_points(const NamedPoints& ideal, const NamedPoints& anti_ideal, const Membership& group);

/// p as a study writes it: a number or "inf". Throws Error for another text.
double parse_power(const std::string& text);

} // namespace zonerank::engine
