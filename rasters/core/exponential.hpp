// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

#include <bit>
#include <cstdint>
#include <limits>

namespace zonerank::rasters {

namespace detail {
/// Adding it to a double below 2^51 leaves the nearest whole number in the low bits.
inline constexpr double whole = 0x1.8p52;
} // namespace detail

/// e^x within 2 units in the last place. A few products and sums, in the same order
/// everywhere, so that loops over it vectorise and give the same bits on all
/// machines. NaN stays; 0 below -708, where numbers become subnormal.
ZONERANK_INLINE inline double exponential(double x) {
    constexpr double log2_e = 0x1.71547652b82fep0, ln2_high = 0x1.62e42fefa0000p-1, ln2_low = 0x1.cf79abc9e3b3ap-40;
    const double bounded = x < -708 ? -708 : x > 709.8 ? 709.8 : x;
    const double shifted = bounded * log2_e + detail::whole, n = shifted - detail::whole;
    const double r = bounded - n * ln2_high - n * ln2_low; // |r| <= ln 2 / 2
    // Taylor's terms: the next one is below 2^-57 of the sum.
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r * r + r + 1;
    const std::uint64_t half = (std::bit_cast<std::uint64_t>(shifted) + 1022) << 52; // 2^(n - 1): n may be 1024
    const double result = p * std::bit_cast<double>(half) * 2;
    return x < -708 ? 0 : x != x ? x : result;
}

/// Natural logarithm within 2 units in the last place, as exponential(). Of 0 it
/// is -infinity; NaN stays; REQUIRES x >= 0 and not subnormal or infinite.
ZONERANK_INLINE inline double logarithm(double x) {
    constexpr double ln2_high = 0x1.62e42fefa0000p-1, ln2_low = 0x1.cf79abc9e3b3ap-40;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    // x = 2^n m with m between sqrt(1/2) and sqrt(2)
    const std::uint64_t from_root = bits - 0x3fe6a09e667f3bcd;
    const std::uint64_t biased = (from_root >> 52) ^ 0x800; // n + 2048
    const double m = std::bit_cast<double>(bits - ((from_root >> 52) << 52));
    const double n = std::bit_cast<double>(0x4330000000000000 | (biased & 0xfff)) - 0x1p52 - 2048;
    const double f = m - 1, s = f / (2 + f), z = s * s; // ln m = 2 artanh s
    double p = 2.0 / 23;
    p = p * z + 2.0 / 21;
    p = p * z + 2.0 / 19;
    p = p * z + 2.0 / 17;
    p = p * z + 2.0 / 15;
    p = p * z + 2.0 / 13;
    p = p * z + 2.0 / 11;
    p = p * z + 2.0 / 9;
    p = p * z + 2.0 / 7;
    p = p * z + 2.0 / 5;
    p = p * z + 2.0 / 3;
    const double half = f * f / 2; // ln m = f - (f^2/2 - s (f^2/2 + z p))
    const double log_m = f - (half - s * (half + z * p));
    const double result = n * ln2_high + (log_m + n * ln2_low);
    return x == 0 ? -std::numeric_limits<double>::infinity() : x != x ? x : result;
}

} // namespace zonerank::rasters
