// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <span>
#include <vector>

namespace zonerank::engine {

/// Folds the values of a group's members into one score in [0, 1].
/// A member that is NaN in a cell is left out there and the other weights are
/// rescaled; a member of weight 0 does not count; NaN where nothing is left.
/// Weights may be on any scale, none negative. No state: safe from any thread.
struct Aggregation {
    /// For a run of cells: values[m][c] is member m's value in cell c, as many
    /// cells each as `score`. Gives float(fold_one) of each cell, to the bit.
    void (*fold)(std::span<const std::span<const float>> values, std::span<const double> weights,
                 std::span<float> score);
    /// For one cell: a value and a weight per member.
    double (*fold_one)(std::span<const double> values, std::span<const double> weights);
    bool additive = false;    ///< score = sum of weight x value: contributions exist
    bool allows_gaps = false; ///< `missing: leave out` makes sense with it
};

using AggregationKind = layers::Kind<Aggregation (*)(const layers::Params&)>;

/// The table of aggregations: weighted sum, weighted product, minimum.
std::span<const AggregationKind> aggregations();

} // namespace zonerank::engine
