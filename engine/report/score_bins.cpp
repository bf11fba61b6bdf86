// SPDX-License-Identifier: Apache-2.0
#include "engine/report/score_bins.hpp"

#include "rasters/core/simd.hpp"

#include <cassert>

namespace zonerank::engine {

void put_in_bins(std::span<const float> scores, std::span<std::uint8_t> bins) {
    assert(scores.size() == bins.size());
    const float* in = scores.data();
    std::uint8_t* out = bins.data();
    const std::size_t count = scores.size();
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t i = 0; i < count; ++i) {
            const double place = static_cast<double>(in[i]) * score_bins; // exact: 24 bits by 6
            const double within = place < score_bins - 1 ? place : score_bins - 1.0;
            out[i] = static_cast<std::uint8_t>(static_cast<int>(place >= 0 ? within : no_bin));
        }
    });
}

std::array<std::int64_t, score_bins> counts_of(std::span<const std::uint8_t> bins) {
    // Neighbours are often in one bin: each of four in a row has counters of its own, so that none waits.
    std::array<std::array<std::uint32_t, score_bins + 1>, 4> tables{};
    std::size_t i = 0;
    for (; i + 4 <= bins.size(); i += 4)
        for (std::size_t k = 0; k < 4; ++k)
            ++tables[k][bins[i + k]];
    for (; i < bins.size(); ++i)
        ++tables[0][bins[i]];
    std::array<std::int64_t, score_bins> counts{};
    for (const auto& table : tables)
        for (std::size_t bin = 0; bin < score_bins; ++bin)
            counts[bin] += table[bin];
    return counts;
}

} // namespace zonerank::engine
