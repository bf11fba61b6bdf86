// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/weights/weight_reading.hpp"

#include <utility>

namespace zonerank::engine {

/// Judgements of the best-worst method: how many times more the best matters than each
/// name, and each name than the worst; 1 or more, finite, 1 for itself, as many as names.
struct BestWorst {
    std::size_t best = 0, worst = 0;
    std::vector<double> best_to_others, others_to_worst;

    double span() const { return best_to_others[worst]; } ///< best to worst
};

struct BestWorstWeights {
    std::vector<double> weights; ///< sum 1
    std::vector<std::pair<double, double>>
        ranges;    ///< of each weight over all answers as good; of the linear one: a point
    double xi = 0; ///< how far the worst judgement is from the weights
};

/// Rezaei 2016, Omega 64:126-130: least xi with |w_best - a w_j| and |w_j - a w_worst| at
/// most xi for each judgement a, a linear program. xi itself says how consistent it is.
BestWorstWeights best_worst_linear(const BestWorst& judgements);

/// Rezaei 2015, Omega 53:49-57: least xi with |w_best / w_j - a| and |w_j / w_worst - a| at
/// most xi, to 1e-12. Where many weights reach it, the middles of their ranges (Rezaei
/// 2016), scaled.
BestWorstWeights best_worst_nonlinear(const BestWorst& judgements);

/// The xi of the most contradictory judgements for a best to worst of `span` (Rezaei
/// 2015, table 1, by its formula): xi over it is the consistency ratio. 0 for 1.
double best_worst_consistency_index(double span);

/// Greatest |a_best,j a_j,worst - a_best,worst| / (a_best,worst^2 - a_best,worst), which
/// needs no weights (Liang, Brunelli and Rezaei 2020, Omega 96:102175); 0 for a span of 1.
double input_based_ratio(const BestWorst& judgements);

/// Above it that ratio is too large: their table for 3 to 9 names and spans of 3 to 9;
/// beyond its ends the end's; 0 below a span of 3.
double input_based_threshold(std::size_t names, double span);

/// {best: power, worst: rail, best to others: {highway: 2, rail: 8}, others to worst:
/// {power: 8, highway: 4}, variant: linear | nonlinear}. The best against the worst may
/// stand in either or both. Throws Error for a name that is missing or no member, a
/// judgement below 1 and two values for one pair; warns when the threshold is passed.
Weighing best_worst_weights(const layers::Node& body, Members members);

} // namespace zonerank::engine
