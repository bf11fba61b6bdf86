// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

namespace zonerank::layers {

/// What slopes leave of a speed.
struct SlopeCurve {
    enum class Kind {
        tobler,  ///< on foot, fastest on 5 % downhill: 6 exp(-3.5 |slope + 0.05|) km/h (Tobler 1993)
        vehicle, ///< on wheels off the road, half the speed at 12 %: 1 / (1 + (slope / 0.12)^2) (Llobera and
                 ///< Sluckin 2007, Herzog 2013; the critical slope of Verhagen and Jeneson 2012)
        table
    };

    Kind kind = Kind::tobler;
    /// Of a table: slopes (rise over run, uphill above 0), rising, and factors of 0 or more.
    /// Without a slope below 0 it is the same downhill.
    std::vector<std::pair<double, double>> table{};
};

/// The factor on a slope (rise over run, uphill above 0): 1 on level ground but in a
/// table that says else; linear between a table's slopes, its ends' beyond. 0: nobody
/// gets over it. NaN for NaN.
double speed_factor(const SlopeCurve& curve, double slope);

/// How much longer a metre takes on a slope than on level ground, as the mean of both
/// ways; infinite where one of them can't be gone.
double both_ways_factor(const SlopeCurve& curve, double slope);

/// The largest speed_factor() there is.
double most_speed(const SlopeCurve& curve);

} // namespace zonerank::layers
