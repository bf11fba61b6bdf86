// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/relief.hpp"

#include "rasters/core/error.hpp"

#include <cmath>

namespace zonerank::rasters {

SlopeSpeed::SlopeSpeed(const std::function<double(double)>& factor) {
    for (int k = 0; k <= static_cast<int>(last); ++k) {
        const double slope = k / static_cast<double>(steps) - static_cast<double>(steepest);
        m_factors.push_back(static_cast<float>(factor(slope)));
        if (!(m_factors.back() >= 0 && std::isfinite(m_factors.back())))
            throw Error("a slope of {:g} % leaves {:g} of a speed; it has to be 0 or more", 100 * slope,
                        m_factors.back());
    }
    m_fastest = std::ranges::max(m_factors);
    if (m_fastest == 0)
        throw Error("no slope leaves anything of a speed");
}

SlopeSpeed SlopeSpeed::reversed() const {
    SlopeSpeed result(*this);
    std::ranges::reverse(result.m_factors);
    return result;
}

} // namespace zonerank::rasters
