// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/moments.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace zonerank::rasters {

void Moments::add(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t power = bits >> 23 & 0xFF, fraction = bits & 0x7FFFFF;
    if (power == 0xFF)
        return;
    const std::int64_t whole = fraction | (power > 0 ? 0x800000 : 0);
    const std::uint32_t at = std::max(power, 1U); // numbers next to 0 are multiples of the same as those above
    m_sums[at] += value < 0 ? -whole : whole;
    m_squares[at] += whole * whole;
    ++m_count;
    m_min = std::min(m_min, static_cast<double>(value));
    m_max = std::max(m_max, static_cast<double>(value));
}

void Moments::add(const Moments& other) {
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        m_sums[i] += other.m_sums[i];
        m_squares[i] += other.m_squares[i];
    }
    m_count += other.m_count;
    m_min = std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
}

void Moments::put(ArchiveOut& out) const {
    out.put_sums(m_sums);
    out.put_sums(m_squares);
    out.put(m_count);
    out.put(m_min);
    out.put(m_max);
}

void Moments::take(ArchiveIn& in) {
    in.add_sums(m_sums);
    in.add_sums(m_squares);
    in.add(m_count);
    m_min = std::min(m_min, in.get<double>());
    m_max = std::max(m_max, in.get<double>());
}

// From the smallest up, so that what is rounded is small.
long double Moments::mean_of(const std::array<Wide, 256>& sums, int unit, int per_power) const {
    long double sum = 0;
    for (int power = 1; power < 255; ++power)
        if (const Wide whole = sums[static_cast<std::size_t>(power)]; whole != 0)
            sum += std::ldexp(static_cast<long double>(whole), unit + per_power * power);
    return sum / static_cast<long double>(m_count);
}

double Moments::mean() const {
    return static_cast<double>(mean_of(m_sums, -150, 1));
}

double Moments::deviation() const {
    if (m_min == m_max)
        return 0;
    const long double mean = mean_of(m_sums, -150, 1);
    const long double variance = mean_of(m_squares, -300, 2) - mean * mean;
    return static_cast<double>(std::sqrt(variance < 0 ? 0 : variance));
}

} // namespace zonerank::rasters
