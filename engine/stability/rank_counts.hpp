// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/score_ranks.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Counts the ranks that draws give to sites, in whole numbers: those of several
/// threads add up to the same in any order. Not thread-safe: one per thread.
class RankCounts {
public:
    static constexpr std::size_t block = 256; ///< draws between two calls of close(), at most

    RankCounts(std::size_t sites, std::size_t criteria, std::size_t ranks, bool pairs);

    /// One draw: the scores of all sites under these weights.
    void add(std::span<const double> scores, std::span<const double> weights);
    void close(); ///< counts who was ahead of whom in the draws since the last time
    void add(const RankCounts& other);

    std::vector<std::uint32_t> at_rank;         ///< sites x ranks
    std::vector<std::uint32_t> ahead;           ///< sites x sites; none without pairs
    std::vector<std::int32_t> best, worst;      ///< rank of each site
    std::vector<std::uint64_t> rank_sum;        ///< of each site
    std::vector<std::uint32_t> first;           ///< draws in which the site is first
    std::vector<std::int64_t> weights_of_first; ///< sites x criteria: their sums, in steps of 2^-38

private:
    void keep(std::size_t site, std::int32_t rank);
    void sum_weights(std::size_t site, std::span<const double> weights);

    std::size_t m_sites, m_criteria, m_ranks;
    ScoreRanks m_rank;
    std::vector<std::int32_t> m_drawn;  ///< ranks of one draw
    std::vector<std::int16_t> m_recent; ///< with pairs: sites x block, ranks since the last close()
    std::size_t m_count = 0;            ///< draws in it
};

} // namespace zonerank::engine
