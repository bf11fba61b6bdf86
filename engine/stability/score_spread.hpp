// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::engine {

/// Values of a run of cells: values[m][c] is criterion m's in cell c, 0..1, NaN where it has none.
using CellValues = std::span<const std::span<const float>>;

/// Mean and covariance of uncertain weights that always add up to 1, ready for cells:
/// a weighted sum of fixed values then has the mean mu.v and the variance v'Cv (for
/// portfolios Markowitz 1952; for weights on maps Ligmann-Zielinska and Jankowski 2014
/// sample what here is exact). No state: safe from any thread.
class WeightMoments {
public:
    WeightMoments() = default;
    /// n means and n x n covariances, row by row. REQUIRES a covariance: symmetric, no
    /// negative eigenvalue beyond rounding.
    WeightMoments(std::span<const double> mean, std::span<const double> covariance);

    std::size_t size() const { return m_mean.size(); }

    /// Mean and standard deviation of the score in each cell. NaN where a value is: leaving
    /// a criterion out rescales the weights, of which nothing exact is known.
    void spread(CellValues values, std::span<float> mean, std::span<float> deviation) const;

    /// The criterion whose uncertain weight moves the score most in each cell: the largest
    /// share u_i (Cu)_i of the variance, where u is how far a value lies above the mean
    /// score; the first of equals. 0 for none (a value is NaN, or nothing moves it), 1 + i for criterion i.
    void driver(CellValues values, std::span<std::uint8_t> code) const;

    /// Shares of the variance of one row's score by criterion, which add up to 1; all 0 where
    /// nothing moves it, NaN where a value is. Below 0 for a criterion whose weight makes up for others'.
    std::vector<double> shares(std::span<const double> values) const;

private:
    std::vector<double> m_mean, m_covariance;
    std::vector<double> m_factor; ///< lower triangle L of the covariance LL', row by row
};

/// In each cell the share of all weights (each from 0 to 1, sum 1, all alike likely) by which
/// the weighted sum is at least `cut`: exact, as the volume of a simplex on one side of a plane
/// (Varsi 1973). With an `order`, the criteria from the most important on, of all weights in
/// that order: their weighted sums are those of the means of the first 1, 2 ... values over all
/// weights (Kmietowicz and Pearman 1981). NaN where a value is.
void share_above(CellValues values, double cut, std::span<const std::size_t> order, std::span<float> share);

} // namespace zonerank::engine
