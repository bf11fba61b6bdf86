// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

std::vector<std::size_t> ascending(std::span<const double> numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return numbers[i]; });
    return order;
}

std::vector<int> ranks_of(std::span<const double> figures, bool more_is_better) {
    std::vector<double> cost(figures.begin(), figures.end());
    double greatest = 0;
    for (double& figure : cost) {
        figure = more_is_better ? -figure : figure;
        greatest = std::max(greatest, std::abs(figure));
    }
    const std::vector<std::size_t> order = ascending(cost);
    std::vector<int> ranks(cost.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        const bool tied = k > 0 && cost[order[k]] - cost[order[k - 1]] <= 1e-12 * greatest;
        ranks[order[k]] = tied ? ranks[order[k - 1]] : static_cast<int>(k) + 1;
    }
    return ranks;
}

} // namespace zonerank::engine
