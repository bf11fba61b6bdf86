// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/score_spread.hpp"

#include <span>
#include <vector>

namespace zonerank::engine {

/// What drawn weights do to the score in a run of cells. All as long as the run.
struct SpreadOfCells {
    std::span<float> mean, deviation; ///< over the draws; the deviation with n - 1
    std::span<float> above;           ///< share of the draws with a score of at least the cut
};

/// Weights drawn at random, one draw after the other.
struct DrawnWeights {
    /// REQUIRES two draws at least, no weight negative.
    DrawnWeights(std::size_t criteria, std::vector<float> weights);

    std::size_t size() const { return weights.size() / criteria; }

    std::size_t criteria;
    std::vector<float> weights; ///< on any scale
    std::vector<float> scales;  ///< what makes a draw's weights add up to 1
};

/// Spread of weighted sums. A criterion that is NaN in a cell is left out there, and the
/// other weights are rescaled; NaN where nothing is left. The same bits for any runs of
/// cells and on every processor; sums in float of 256 draws, then in double.
void sampled_spread(CellValues values, const DrawnWeights& draws, double cut, const SpreadOfCells& result);

/// For any aggregation: scores of one draw after the other are added up.
class SpreadSums {
public:
    explicit SpreadSums(std::size_t cells) : m_sum(cells), m_square(cells), m_above(cells) {}

    /// A score of NaN makes its cell's spread NaN.
    void add(std::span<const float> score, double cut);
    void result(const SpreadOfCells& result) const;

private:
    double m_draws = 0;
    std::vector<double> m_sum, m_square, m_above; ///< of score - 0.5, which keeps digits
};

} // namespace zonerank::engine
