// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/draws.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A share of weight from least to most.
struct WeightRange {
    double least = 0, most = 1;
};

/// All weights that may be meant, and how likely each is. Weights are one per
/// criterion, none negative, and sum to 1; a criterion whose given weight is 0
/// keeps it. Constant, and safe from any thread.
///
/// The mean and the covariance are exact but for `intervals`, whose are those of
/// moment_draws draws of a seed of their own.
class WeightSpace {
public:
    static constexpr std::uint64_t moment_draws = 65536;

    /// All weights, equally likely (Dirichlet of ones). `given`: the study's weights, on any scale.
    static WeightSpace uniform(std::span<const double> given);
    /// All weights that keep the order of the given ones, equally likely; among
    /// criteria of equal weight (to 1e-9 of all) any order is kept.
    static WeightSpace ordinal(std::span<const double> given);
    /// All weights within the ranges, equally likely; one per criterion, of those without weight
    /// [0, 0]. Throws Error when no weights within them sum to 1, or one is upside down.
    static WeightSpace intervals(std::span<const WeightRange> ranges);
    /// Dirichlet about the given ones: a weight w has the standard deviation sqrt(w (1 - w) / (c + 1)), c being the
    /// concentration, above 0.
    static WeightSpace dirichlet(std::span<const double> given, double concentration);

    std::size_t size() const { return m_size; }
    /// The weights of draw `number`: they depend on seed and number alone.
    void draw(std::uint64_t seed, std::uint64_t number, std::span<double> weights) const;
    std::vector<double> draw(std::uint64_t seed, std::uint64_t number) const;

    const std::vector<double>& mean() const { return m_mean; }
    const std::vector<double>& covariance() const { return m_covariance; } ///< size x size, row by row
    bool sampled_moments() const { return m_sampled; }

    // What bounds it, for linear programs: weights >= 0 with sum 1, and
    const std::vector<WeightRange>& ranges() const { return m_ranges; } ///< one per criterion
    /// The first of each pair weighs no less than the second.
    const std::vector<std::pair<std::size_t, std::size_t>>& order() const { return m_order; }

private:
    explicit WeightSpace(std::vector<std::size_t> active, std::size_t size);
    void set_moments(std::span<const double> mean, const std::function<double(std::size_t, std::size_t)>& covariance);
    void sample_moments();

    std::size_t m_size = 0;
    std::vector<std::size_t> m_active; ///< criteria with weight
    /// Fills the weights of the active criteria.
    std::function<void(Draw&, std::span<double>)> m_fill;
    std::vector<double> m_mean, m_covariance;
    bool m_sampled = false;
    std::vector<WeightRange> m_ranges;
    std::vector<std::pair<std::size_t, std::size_t>> m_order;
};

/// The concentration at which a criterion of mean weight (1 / m of m) has this
/// standard deviation, as a share of its weight. Throws Error when spread is not
/// above 0, or so large that there is none.
double concentration_of(double spread, std::size_t criteria);

} // namespace zonerank::engine
