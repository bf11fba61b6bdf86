// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/both_ends.hpp"

#include "engine/methods/ranks.hpp"

#include <algorithm>

namespace zonerank::engine {

Outcome from_both_ends(std::span<const int> from_top, std::span<const int> from_bottom) {
    const int last = std::ranges::max(from_bottom);
    std::vector<double> up;
    Outcome outcome{.figure = "mean place", .more_is_better = false};
    for (std::size_t i = 0; i < from_top.size(); ++i) {
        up.push_back(last + 1 - from_bottom[i]);
        outcome.figures.push_back((from_top[i] + up.back()) / 2);
    }
    outcome.ranks = ranks_of(outcome.figures, false);
    outcome.more = {{"place from the top", {from_top.begin(), from_top.end()}},
                    {"place from the bottom", std::move(up)}};
    return outcome;
}

} // namespace zonerank::engine
