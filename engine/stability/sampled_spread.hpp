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

/// Weights drawn at random, one draw after the other, each of sum 1.
struct DrawnWeights {
    std::size_t size() const { return weights.size() / criteria; }

    std::size_t criteria;
    std::vector<float> weights;
};

/// Spread of weighted sums over two or more draws. NaN where a value is. The same bits for any
/// runs of cells and on every processor; sums in float of 256 draws, then in double.
void sampled_spread(CellValues values, const DrawnWeights& draws, double cut, const SpreadOfCells& result);

/// For any aggregation: the scores of one draw after the other are added up. The criterion
/// that drives a cell is here the one whose weight the score follows best in a straight
/// line: the largest squared correlation, the first of equals.
class SpreadSums {
public:
    /// `mean`: of the weights of those criteria that are uncertain.
    SpreadSums(std::size_t cells, std::span<const double> mean);

    /// A score of NaN makes its cell's spread NaN.
    void add(std::span<const float> score, std::span<const double> weights, double cut);
    void result(const SpreadOfCells& result) const;
    void driver(std::span<std::uint8_t> code) const; ///< as WeightMoments::driver

private:
    double m_draws = 0;
    std::vector<double> m_sum, m_square, m_above; ///< of score - 0.5, which keeps digits
    std::vector<double> m_mean, m_spread;         ///< of the weights: means, sums of squares about them
    std::vector<std::vector<double>> m_together;  ///< by criterion: sums of score x (weight - mean)
};

} // namespace zonerank::engine
