// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/decision_matrix.hpp"
#include "engine/stability/scored_draw.hpp"
#include "rasters/core/course.hpp"

#include <cstdint>
#include <vector>

namespace zonerank::engine {

/// How much of what is uncertain about a score comes from the weight of each criterion.
struct Drivers {
    std::vector<double> first; ///< by itself alone (Sobol 1993); below what it is by rounding of draws
    std::vector<double> total; ///< with all that it does together with others (Homma and Saltelli 1996)
};

/// Sobol indices of each row's score by what the criteria's weights come from: points given to
/// each on its own, spread about its weight (gamma distributed, all criteria together with as
/// much certainty as `concentration` says: a Dirichlet distribution once they are scaled to 1).
/// For aggregations in which weights act together; of weighted sums WeightMoments::shares is
/// exact. Estimators of Jansen 1999, which need (criteria + 2) x draws scores a row. Indices sum
/// to 1 (first) or more (total) but for the error of the draws; all 0 where nothing moves the score.
/// The same for any number of threads. Throws Error "stopped".
std::vector<Drivers> drivers(const DecisionMatrix& matrix, const Scorer& score, double concentration,
                             std::uint64_t draws, std::uint64_t seed, const rasters::Course& course = {});

} // namespace zonerank::engine
