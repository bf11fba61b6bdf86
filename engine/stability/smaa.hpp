// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/uncertainty.hpp"
#include "engine/stability/weight_space.hpp"
#include "rasters/core/course.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace zonerank::engine {

/// The score, 0..1, of a row of values under weights, one each per criterion; NaN: none.
using Scorer = std::function<double(std::span<const double> values, std::span<const double> weights)>;

/// What is not certain of a ranking.
struct SmaaInput {
    std::size_t sites = 0, criteria = 0;
    std::span<const double> values; ///< sites x criteria, row by row, 0..1; NaN only where `score` allows it
    const WeightSpace* weights = nullptr;
    std::vector<UncertainCriterion> uncertain{};
    Scorer score{}; ///< none: the sum of weight x value. Safe from any thread
    std::uint64_t draws = 10'000, seed = 1;
    std::size_t ranks = 0; ///< how many of the first ranks are counted one by one; 0: all
    bool pairs = true;     ///< count who is ahead of whom
};

/// SMAA-2 (Lahdelma and Salminen 2001; Tervonen and Lahdelma 2007) by draws of weights and
/// measurements. Equal scores share the best of their ranks, so that ties count for
/// all who share: shares of a rank may sum to more or less than 1.
/// Counts are whole numbers, and sums too, so any number of threads gives the same.
class Smaa {
public:
    std::size_t sites = 0, criteria = 0, ranks = 0;
    std::uint64_t draws = 0, confidence_draws = 0;
    std::vector<std::uint32_t> at_rank;    ///< sites x ranks: draws that give the site that rank
    std::vector<std::uint32_t> ahead;      ///< sites x sites: draws in which the row is above the column; or none
    std::vector<std::int32_t> best, worst; ///< rank of each site over all draws
    std::vector<double> expected_rank;     ///< mean of it
    std::vector<double> central;           ///< sites x criteria: mean weights that put the site first; NaN: none do
    std::vector<double> confidence;        ///< how often the site is first under them; NaN: there are none

    /// The share of draws that give a site that rank (from 1): its rank acceptability index.
    double share(std::size_t site, std::size_t rank) const;
    double ahead_share(std::size_t site, std::size_t other) const; ///< pairwise winning index
};

/// 1 to 10 million draws, sites up to 32,767 with `pairs`, else 2^22. Throws Error "stopped".
/// A confidence factor is the share of confidence_draws (at most 10,000) further draws
/// of the measurements; without uncertain ones it is 0 or 1.
Smaa smaa(const SmaaInput& input, const rasters::Course& course = {});

/// Of a share found by counting draws: sqrt(p (1 - p) / n).
double standard_error(double share, std::uint64_t draws);

} // namespace zonerank::engine
