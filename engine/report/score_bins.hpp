// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace zonerank::engine {

inline constexpr std::size_t score_bins = 50;      ///< of equal width from 0 to 1; 1 is in the last
inline constexpr std::uint8_t no_bin = score_bins; ///< of NaN, and of what is not to be counted

/// The bin of each score, as if its number were exact: bins[i] of scores[i] in 0..1 (less
/// counts as NaN). REQUIRES as many bins as scores. The same on every processor.
void put_in_bins(std::span<const float> scores, std::span<std::uint8_t> bins);

/// How often each bin occurs among less than 2^32; those of no_bin are not told. REQUIRES no other.
std::array<std::int64_t, score_bins> counts_of(std::span<const std::uint8_t> bins);

} // namespace zonerank::engine
