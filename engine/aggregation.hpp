// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/kind.hpp"

#include <span>
#include <vector>

namespace zonerank::engine {

/// Folds the values of a group's members into one score, for a run of cells.
/// values[m][c] is member m's value in cell c; a member that is NaN in a cell is
/// left out there and the other weights are rescaled; NaN where all are.
struct Aggregation {
    void (*fold)(std::span<const std::span<const float>> values, std::span<const double> weights,
                 std::span<float> score);
    double (*fold_one)(std::span<const double> values, std::span<const double> weights); ///< one cell, in double
    bool additive = false;    ///< score = sum of weight x value: contributions exist
    bool allows_gaps = false; ///< `missing: leave out` makes sense with it
};

using AggregationKind = layers::Kind<Aggregation (*)(const layers::Params&)>;

/// The table of aggregations: weighted sum, weighted product, minimum.
std::span<const AggregationKind> aggregations();

} // namespace zonerank::engine
