// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/box_slice.hpp"

#include "rasters/core/exponential.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

using rasters::exponential;
using rasters::logarithm;

namespace {

constexpr double nothing = 1e-12; ///< of weight

// Of a density exp(-t x) between 0 and `width`, z = t width: the mean as a share of it.
double mean_share(double z) {
    if (std::abs(z) < 1e-3)
        return 0.5 - z / 12; // the next term is below 1e-12
    if (z < 0)
        return 1 - mean_share(-z);
    const double e = exponential(-z);
    return 1 / z - e / (1 - e);
}

double mean_sum(std::span<const double> least, std::span<const double> most, double tilt) {
    double sum = 0;
    for (std::size_t i = 0; i < least.size(); ++i)
        sum += least[i] + (most[i] - least[i]) * mean_share(tilt * (most[i] - least[i]));
    return sum;
}

double tilt_for(std::span<const double> least, std::span<const double> most) {
    double low = -1, high = 1;
    while (mean_sum(least, most, low) < 1 && low > -1e15)
        low *= 2;
    while (mean_sum(least, most, high) > 1 && high < 1e15)
        high *= 2;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (mean_sum(least, most, middle) > 1 ? low : high) = middle;
    }
    return (low + high) / 2;
}

// By inversion: p of the mass lies below the result.
double quantile(double p, double width, double tilt) {
    const double z = tilt * width;
    if (std::abs(z) < 1e-6)
        return p * width;
    if (z < 0)
        return width - quantile(1 - p, width, -tilt);
    return std::clamp(-logarithm(1 - p * (1 - exponential(-z))) / tilt, 0.0, width);
}

} // namespace

BoxSlice::BoxSlice(std::vector<double> least, std::vector<double> most)
    : m_least(std::move(least)), m_most(std::move(most)) {
    const double lowest = std::accumulate(m_least.begin(), m_least.end(), 0.0);
    const double highest = std::accumulate(m_most.begin(), m_most.end(), 0.0);
    m_single = lowest > 1 - nothing || highest < 1 + nothing;
    if (m_single && lowest <= 1 - nothing)
        m_least = m_most;
    if (m_single)
        return;
    m_tilt = tilt_for(m_least, m_most);
    for (std::size_t i = 1; i < m_least.size(); ++i)
        if (m_most[i] - m_least[i] > m_most[m_rest] - m_least[m_rest])
            m_rest = i;
}

double BoxSlice::drawn(Draw& draw, std::size_t i) const {
    const double width = m_most[i] - m_least[i];
    return m_least[i] + quantile(draw.uniform(), width, m_tilt);
}

void BoxSlice::fill(Draw& draw, std::span<double> point) const {
    if (m_single) {
        std::ranges::copy(m_least, point.begin());
        return;
    }
    const double likeliest = m_tilt > 0 ? m_least[m_rest] : m_most[m_rest];
    for (;;) {
        double rest = 1;
        for (std::size_t i = 0; i < point.size(); ++i)
            if (i != m_rest)
                rest -= point[i] = drawn(draw, i);
        if (rest < m_least[m_rest] || rest > m_most[m_rest])
            continue;
        point[m_rest] = rest;
        if (draw.uniform() <= exponential(-m_tilt * (rest - likeliest)))
            return;
    }
}

} // namespace zonerank::engine
