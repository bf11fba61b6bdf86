// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace zonerank::rasters {

/// What slopes leave of a speed, by the slope along the way (rise over run, uphill above
/// 0). Linear between steps of 1/8 %; steeper than 200 % counts as that.
class SlopeSpeed {
public:
    /// `factor` of the speed at a slope: finite, 0 (nobody gets over it) or more. Asked here only.
    /// Throws Error for another, and where it is 0 everywhere.
    explicit SlopeSpeed(const std::function<double(double)>& factor);

    SlopeSpeed reversed() const; ///< for who comes the other way

    ZONERANK_INLINE float at(float slope) const { // not NaN
        const float x = std::clamp((slope + steepest) * steps, 0.0F, last);
        const int k = std::min(static_cast<int>(x), static_cast<int>(last) - 1);
        const float here = m_factors[static_cast<std::size_t>(k)], next = m_factors[static_cast<std::size_t>(k) + 1];
        return here + (x - static_cast<float>(k)) * (next - here);
    }
    float fastest() const { return m_fastest; } ///< the largest factor

private:
    static constexpr float steepest = 2, steps = 800, last = 2 * steepest * steps;

    std::vector<float> m_factors; ///< at -steepest, and each step on
    float m_fastest;
};

/// What who passes a cell waits there: half of it coming in, half going on.
struct TravelWait {
    Cell cell;
    float minutes = 0;
};

/// Ground on which it makes a difference which way one goes.
struct Relief {
    std::function<Tile(Window)> elevation; ///< metres at cells' centres; NaN: nothing crosses there. As Slowness
    SlopeSpeed speed;                      ///< along the way that the search goes, from the starts on
    std::vector<TravelWait> waits;         ///< whatever the slope; one for a cell at most
};

} // namespace zonerank::rasters
