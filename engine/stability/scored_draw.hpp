// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/smaa.hpp"

#include <span>
#include <vector>

namespace zonerank::engine {

/// The sites' values in one draw, and their scores. Not thread-safe: one per thread.
class ScoredDraw {
public:
    explicit ScoredDraw(const SmaaInput& input); ///< must outlive it

    /// Draws the uncertain measurements; without this the values are the given ones.
    void measure(Purpose purpose, std::uint64_t number);
    /// Of all sites; good until the next call. Each score is the same sum, in the same order, for all.
    std::span<const double> scores(std::span<const double> weights);
    /// Whether no site has a score above this one's, by score_steps(): rivals are scored until one has.
    bool first(std::size_t site, std::span<const double> weights);

private:
    void score(std::size_t begin, std::size_t end, std::span<const double> weights);
    void sum_up(std::size_t begin, std::size_t end, std::span<const double> weights);
    void ask_scorer(std::size_t begin, std::size_t end, std::span<const double> weights);

    const SmaaInput* m_in;
    std::vector<double> m_given;                ///< values, criterion by criterion
    std::vector<double> m_columns;              ///< the same, those drawn in their place
    std::vector<double> m_drawn;                ///< of one criterion
    std::vector<std::vector<double>> m_certain; ///< f(x) of each uncertain criterion's sites
    std::vector<double> m_row, m_scores;
};

} // namespace zonerank::engine
