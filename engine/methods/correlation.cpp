// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace zonerank::engine {

namespace {

using Ranks = std::span<const int>;
using Order = std::vector<std::size_t>;

/// By the first ranking, ties by the second.
Order ordered(Ranks first, Ranks second) {
    Order order(first.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t i, std::size_t k) {
        return first[i] != first[k] ? first[i] < first[k] : second[i] != second[k] ? second[i] < second[k] : i < k;
    });
    return order;
}

/// The weight of all pairs that `same` puts into one group: a pair weighs what its two do.
template <typename Same>
double tied(const Order& order, std::span<const double> weights, Same&& same) {
    double sum = 0;
    for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
        double group = 0;
        for (next = first; next < order.size() && same(order[first], order[next]); ++next)
            group += weights[order[next]];
        sum += group * static_cast<double>(next - first - 1);
    }
    return sum;
}

/// Sorts a stretch by a ranking and gives the weight of the pairs that change places.
double exchanged(Order& order, Order& spare, std::size_t first, std::size_t last, Ranks by,
                 std::span<const double> weights) {
    if (last - first < 2)
        return 0;
    const std::size_t middle = first + (last - first) / 2;
    double sum =
        exchanged(order, spare, first, middle, by, weights) + exchanged(order, spare, middle, last, by, weights);
    double waiting = 0; // weight of the left half's that are not placed yet
    for (std::size_t i = first; i < middle; ++i)
        waiting += weights[order[i]];
    std::size_t left = first, right = middle;
    for (std::size_t to = first; to < last; ++to) {
        if (right == last || (left < middle && by[order[left]] <= by[order[right]])) {
            waiting -= weights[order[left]];
            spare[to] = order[left++];
        } else {
            sum += waiting + static_cast<double>(middle - left) * weights[order[right]];
            spare[to] = order[right++];
        }
    }
    std::copy_n(spare.begin() + static_cast<std::ptrdiff_t>(first), last - first,
                order.begin() + static_cast<std::ptrdiff_t>(first));
    return sum;
}

std::optional<double> tau(Ranks a, Ranks b, std::span<const double> weights) {
    Order order = ordered(a, b), spare = order;
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0) * (static_cast<double>(a.size()) - 1);
    const auto same_a = [&](std::size_t i, std::size_t k) { return a[i] == a[k]; };
    const auto same_b = [&](std::size_t i, std::size_t k) { return b[i] == b[k]; };
    const double in_a = tied(order, weights, same_a);
    const double in_both =
        tied(order, weights, [&](std::size_t i, std::size_t k) { return same_a(i, k) && same_b(i, k); });
    const double apart = exchanged(order, spare, 0, order.size(), b, weights);
    const double in_b = tied(order, weights, same_b); // order is b's now
    const double scale = std::sqrt(all - in_a) * std::sqrt(all - in_b);
    if (!(scale > 1e-12 * all))
        return std::nullopt;
    return std::clamp((all - in_a - in_b + in_both - 2 * apart) / scale, -1.0, 1.0);
}

/// One over the place of each, of those in order.
std::vector<double> shares(const Order& order) {
    std::vector<double> result(order.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        result[order[k]] = 1 / static_cast<double>(k + 1);
    return result;
}

/// Ties as the mean of the ranks they take up.
std::vector<double> mean_ranks(Ranks ranks) {
    const Order order = ordered(ranks, ranks);
    std::vector<double> result(ranks.size());
    for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
        for (next = first; next < order.size() && ranks[order[next]] == ranks[order[first]];)
            ++next;
        for (std::size_t k = first; k < next; ++k)
            result[order[k]] = static_cast<double>(first + next + 1) / 2;
    }
    return result;
}

} // namespace

std::optional<double> kendall(Ranks a, Ranks b) {
    return tau(a, b, std::vector<double>(a.size(), 0.5));
}

std::optional<double> weighted_kendall(Ranks a, Ranks b) {
    const auto by_a = tau(a, b, shares(ordered(a, b))), by_b = tau(a, b, shares(ordered(b, a)));
    if (!by_a || !by_b)
        return std::nullopt;
    return (*by_a + *by_b) / 2;
}

std::optional<double> spearman(Ranks a, Ranks b) {
    const std::vector<double> x = mean_ranks(a), y = mean_ranks(b);
    const double mean = (static_cast<double>(a.size()) + 1) / 2;
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
        xy += (x[i] - mean) * (y[i] - mean);
    }
    if (xx == 0 || yy == 0)
        return std::nullopt;
    return std::clamp(xy / (std::sqrt(xx) * std::sqrt(yy)), -1.0, 1.0);
}

} // namespace zonerank::engine
