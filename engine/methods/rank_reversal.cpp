// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/rank_reversal.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace zonerank::engine {

namespace {

/// Two neighbours of the first order whose order is another in the second. `order`: positions of
/// the sites that are left, best first by `before`.
std::optional<Reversal> changed(std::span<const std::size_t> order, std::span<const int> before,
                                std::span<const int> after) {
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        const std::size_t a = order[i], b = order[i + 1];
        if ((before[a] <=> before[b]) != (after[a] <=> after[b]))
            return Reversal{.ahead = a, .behind = b};
    }
    return {};
}

} // namespace

// If no neighbours change their order, nobody does.
std::vector<Reversal> rank_reversals(std::size_t sites, const Ranker& rank) {
    std::vector<std::size_t> all(sites);
    std::iota(all.begin(), all.end(), 0);
    const std::vector<int> ranks = rank(all);
    std::vector<Reversal> reversals;
    for (std::size_t left_out = 0; left_out < sites; ++left_out) {
        std::vector<std::size_t> rest = all;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
        std::vector<int> before;
        for (const std::size_t site : rest)
            before.push_back(ranks[site]);
        std::vector<std::size_t> order(rest.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return before[i]; });
        if (const auto pair = changed(order, before, rank(rest)))
            reversals.push_back({left_out, rest[pair->ahead], rest[pair->behind]});
    }
    return reversals;
}

} // namespace zonerank::engine
