// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/archive.hpp"

#include <array>
#include <cstdint>
#include <limits>

namespace zonerank::rasters {

/// Count, range, mean and standard deviation of numbers, the same in whatever order
/// and parts they are added: a number is a whole multiple of a power of two, and sums
/// of such multiples (and of their squares) are kept for each power, exactly, up to
/// 2^39 numbers.
class Moments {
public:
    void add(float value); ///< NaN and infinite ones are left out
    void add(const Moments& other);

    void put(ArchiveOut& out) const;
    void take(ArchiveIn& in); ///< adds what others have put; throws Error for a damaged file

    std::int64_t count() const { return m_count; }
    double min() const { return m_min; } ///< infinity when nothing was added
    double max() const { return m_max; } ///< -infinity when nothing was added
    double mean() const;                 ///< NaN when nothing was added
    double deviation() const;            ///< of all of them, not of a sample; NaN when nothing was added

private:
    __extension__ typedef __int128 Wide;

    long double mean_of(const std::array<Wide, 256>& sums, int unit, int per_power) const;

    std::array<Wide, 256> m_sums{}, m_squares{}; ///< by the exponent of the numbers
    std::int64_t m_count = 0;
    double m_min = std::numeric_limits<double>::infinity(), m_max = -std::numeric_limits<double>::infinity();
};

} // namespace zonerank::rasters
