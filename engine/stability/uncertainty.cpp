// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/uncertainty.hpp"

#include "rasters/core/exponential.hpp"

#include <cmath>

namespace zonerank::engine {

double Uncertainty::drawn(Draw& draw, double measurement) const {
    const double size = relative ? amount * std::abs(measurement) : amount;
    switch (kind) {
    case Kind::normal:
        return measurement + size * draw.normal();
    case Kind::uniform:
        return measurement + size * (2 * draw.uniform() - 1);
    case Kind::lognormal: {
        const double factor = rasters::exponential(amount * draw.normal());
        return measurement > 0 ? measurement * factor : measurement;
    }
    }
    return measurement;
}

double UncertainCriterion::drawn(Draw& draw, std::size_t site) const {
    Uncertainty own = uncertainty;
    if (!amounts.empty())
        own.amount = amounts[site];
    return own.drawn(draw, measurements[site]);
}

double log_deviation(double share) {
    return std::sqrt(rasters::logarithm(1 + share * share));
}

} // namespace zonerank::engine
