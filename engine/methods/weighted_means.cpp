// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/weighted_means.hpp"

#include "engine/methods/ranks.hpp"

#include <cmath>

namespace zonerank::engine {

static double arithmetic(const MethodInput& input, std::size_t site) {
    double sum = 0;
    for (std::size_t j = 0; j < input.columns(); ++j)
        sum += input.weights[j] * input.at(site, j);
    return sum;
}

static double geometric(const MethodInput& input, std::size_t site) {
    double product = 1;
    for (std::size_t j = 0; j < input.columns(); ++j)
        product *= std::pow(input.at(site, j), input.weights[j]);
    return product;
}

template <typename Score>
static Outcome scored(const MethodInput& input, Score&& score) {
    Outcome outcome{.figure = "score"};
    for (std::size_t i = 0; i < input.rows(); ++i)
        outcome.figures.push_back(score(i));
    outcome.ranks = ranks_of(outcome.figures, true);
    return outcome;
}

Outcome weighted_sum(const MethodInput& input) {
    return scored(input, [&](std::size_t i) { return arithmetic(input, i); });
}

Outcome weighted_product(const MethodInput& input) {
    return scored(input, [&](std::size_t i) { return geometric(input, i); });
}

Outcome waspas(const MethodInput& input, double sum) {
    return scored(input, [&](std::size_t i) { return sum * arithmetic(input, i) + (1 - sum) * geometric(input, i); });
}

} // namespace zonerank::engine
