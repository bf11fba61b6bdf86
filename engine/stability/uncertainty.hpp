// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/draws.hpp"

#include <functional>
#include <span>
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

    /// What measurements may be, one number of the draw each. `amounts`: one each, in the place
    /// of the amount; or none. A lognormal leaves what is 0 or below as it is.
    void draw(Draw& source, std::span<const double> measurements, std::span<const double> amounts,
              std::span<double> drawn) const;
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
    std::vector<double> measurements; ///< one per site, base units; NaN: not known, its value stays
    std::vector<double> amounts{};    ///< one per site, in the place of the uncertainty's; or none
    /// f of each, in its place; NaN stays. Safe from any thread.
    std::function<void(std::span<double>)> value{};

    void draw(Draw& source, std::span<double> drawn) const; ///< one per site; NaN: not known
};

} // namespace zonerank::engine
