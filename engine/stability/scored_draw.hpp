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

private:
    void sum_up(std::span<const double> weights);
    void ask_scorer(std::span<const double> weights);

    const SmaaInput* m_in;
    std::vector<double> m_columns;              ///< values, criterion by criterion
    std::vector<std::vector<double>> m_certain; ///< f(x) of each uncertain criterion's sites
    std::vector<double> m_row, m_scores;
};

} // namespace zonerank::engine
