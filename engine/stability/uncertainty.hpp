// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/draws.hpp"

#include <functional>
#include <vector>

namespace zonerank::engine {

/// How far a measurement may be from the truth: a distribution about it.
struct Uncertainty {
    enum class Kind {
        normal,    ///< of the measurement as mean; amount: standard deviation
        uniform,   ///< amount: farthest from it, either way
        lognormal, ///< of the measurement as median; amount: standard deviation of the logarithm, relative
    };
    Kind kind = Kind::normal;
    double amount = 0;     ///< 0 or more; base units, or a share of the measurement's size
    bool relative = false; ///< a share

    /// A value it may have. A lognormal leaves what is 0 or below as it is.
    double drawn(Draw& draw, double measurement) const;
};

/// The standard deviation of the logarithm of a lognormal whose standard deviation
/// is that share of its mean.
double log_deviation(double share);

/// A criterion whose measurements are uncertain, those of the sites apart from each other.
/// A draw x' of a measurement x changes a site's value v to v + f(x') - f(x), kept within
/// 0..1: for a site of one piece that is f(x'), for one whose value is the mean of its
/// cells' it moves all cells alike.
struct UncertainCriterion {
    std::size_t criterion = 0;
    Uncertainty uncertainty;
    std::vector<double> measurements;      ///< one per site, base units; NaN: not known, its value stays
    std::vector<double> amounts{};         ///< one per site, in the place of the uncertainty's; or none
    std::function<double(double)> value{}; ///< f; safe from any thread

    double drawn(Draw& draw, std::size_t site) const; ///< NaN: not known
};

} // namespace zonerank::engine
