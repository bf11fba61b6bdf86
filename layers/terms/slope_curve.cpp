// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/slope_curve.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::layers {

static double of_table(const std::vector<std::pair<double, double>>& table, double slope) {
    if (std::isnan(slope))
        return slope;
    const double x = table.front().first < 0 ? slope : std::abs(slope);
    const auto above = std::ranges::upper_bound(table, x, {}, &std::pair<double, double>::first);
    if (above == table.begin())
        return above->second;
    const auto& [from, here] = *std::prev(above);
    if (above == table.end())
        return here;
    return here + (x - from) / (above->first - from) * (above->second - here);
}

// Minutes for a metre, in some unit.
static double pace(const SlopeCurve& curve, double slope) {
    switch (curve.kind) {
    case SlopeCurve::Kind::tobler:
        return std::exp(3.5 * std::abs(slope + 0.05));
    case SlopeCurve::Kind::vehicle:
        return 1 + slope / 0.12 * (slope / 0.12);
    case SlopeCurve::Kind::table:
        break;
    }
    return 1 / of_table(curve.table, slope);
}

static double level_pace(const SlopeCurve& curve) {
    return curve.kind == SlopeCurve::Kind::tobler ? pace(curve, 0) : 1;
}

double speed_factor(const SlopeCurve& curve, double slope) {
    return curve.kind == SlopeCurve::Kind::table ? of_table(curve.table, slope)
                                                 : level_pace(curve) / pace(curve, slope);
}

double both_ways_factor(const SlopeCurve& curve, double slope) {
    return (pace(curve, slope) + pace(curve, -slope)) / 2 / level_pace(curve);
}

double most_speed(const SlopeCurve& curve) {
    if (curve.kind != SlopeCurve::Kind::table)
        return speed_factor(curve, curve.kind == SlopeCurve::Kind::tobler ? -0.05 : 0);
    return std::ranges::max_element(curve.table, {}, &std::pair<double, double>::second)->second;
}

} // namespace zonerank::layers
