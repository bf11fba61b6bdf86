// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Scores as whole multiples of 2^-40 (about 1e-12), so that rounding makes no
/// difference between equals. REQUIRES a score from -1 to 2; NaN is below all.
std::int64_t score_steps(double score);

/// Ranks many rows of scores, with memory that is used again. Not thread-safe.
class ScoreRanks {
public:
    /// ranks[i] is 1 + the number of scores above scores[i]: equals share the best of
    /// their ranks, the next one skips. Up to 2^22 scores; as many ranks.
    void operator()(std::span<const double> scores, std::span<std::int32_t> ranks);

private:
    void sort();

    std::vector<std::uint64_t> m_keys, m_other; ///< steps from the top and, in the low bits, whose
};

} // namespace zonerank::engine
