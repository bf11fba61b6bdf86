// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/order_weights.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

OrderWeights OrderWeights::of(std::span<const double> low_to_high) {
    for (const double weight : low_to_high)
        if (!(weight >= 0))
            throw Error("one is {:g}; order weights must not be negative", weight);
    const double total = std::accumulate(low_to_high.begin(), low_to_high.end(), 0.0);
    if (!(total > 0))
        throw Error("{}", low_to_high.empty() ? "none are given" : "all are 0");
    if (std::isinf(total))
        throw Error("they are too large to add up");
    std::vector<double> values(low_to_high.begin(), low_to_high.end());
    for (double& value : values)
        value /= total;
    return OrderWeights(std::move(values));
}

OrderWeights OrderWeights::of_risk(double risk, std::size_t members) {
    if (!(risk >= 0 && risk <= 1))
        throw Error(
            "from 0 (averse: the lowest value) over 0.5 (the weighted mean) to 1 (the highest value), found {:g}",
            risk);
    // Of the best r of all members; r^infinity is 0 but for r = 1, and 0^0 is none of them.
    const auto quantifier = [&](double r) {
        return r <= 0 ? 0 : risk == 0 ? std::floor(r) : std::pow(r, 1 / risk - 1);
    };
    const auto n = static_cast<double>(members);
    std::vector<double> values;
    for (std::size_t worse = 0; worse < members; ++worse) {
        const auto from_top = n - static_cast<double>(worse);
        values.push_back(quantifier(from_top / n) - quantifier((from_top - 1) / n));
    }
    return OrderWeights(std::move(values));
}

OrderWeights OrderWeights::resized(std::size_t members) const {
    const double step = static_cast<double>(size()) / static_cast<double>(members);
    std::vector<double> values(members, 0.0);
    for (std::size_t i = 0; i < members; ++i)
        for (std::size_t k = 0; k < size(); ++k) {
            const auto from = std::max(step * static_cast<double>(i), static_cast<double>(k));
            const auto to = std::min(step * static_cast<double>(i + 1), static_cast<double>(k + 1));
            values[i] += m_values[k] * std::max(0.0, to - from);
        }
    return OrderWeights(std::move(values));
}

double OrderWeights::andness() const {
    if (size() < 2)
        return 0.5;
    double sum = 0;
    for (std::size_t r = 0; r < size(); ++r)
        sum += static_cast<double>(size() - 1 - r) * m_values[r];
    return sum / static_cast<double>(size() - 1);
}

double OrderWeights::tradeoff() const {
    if (size() < 2)
        return 1;
    const auto n = static_cast<double>(size());
    double squares = 0;
    for (const double weight : m_values)
        squares += (weight - 1 / n) * (weight - 1 / n);
    return 1 - std::sqrt(n * squares / (n - 1));
}

std::string to_string(const OrderWeights& weights) {
    std::string list;
    for (const double weight : weights)
        list += fmt::format("{}{:.3g}", list.empty() ? "" : ", ", weight);
    return fmt::format("order weights {} from the lowest value to the highest (ANDness {:.2f}, ORness {:.2f}, "
                       "trade-off {:.2f})",
                       list, weights.andness(), weights.orness(), weights.tradeoff());
}

} // namespace zonerank::engine
