// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/weighted_means.hpp"

#include "engine/decision/means.hpp"
#include "engine/methods/ranks.hpp"

namespace zonerank::engine {

/// As the map's cells are folded, so that both agree to the bit.
static Outcome scored(const MethodInput& input, const Aggregation& aggregation) {
    Outcome outcome{.figure = "score"};
    const std::span<const double> entries = input.entries;
    for (std::size_t i = 0; i < input.rows(); ++i)
        outcome.figures.push_back(
            aggregation.fold_one(entries.subspan(i * input.columns(), input.columns()), input.weights));
    outcome.ranks = ranks_of(outcome.figures, true);
    return outcome;
}

Outcome weighted_sum(const MethodInput& input) {
    return scored(input, weighted_sum());
}

Outcome weighted_product(const MethodInput& input) {
    return scored(input, weighted_product());
}

Outcome waspas(const MethodInput& input, double sum) {
    return scored(input, waspas(sum));
}

} // namespace zonerank::engine
