// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace zonerank::engine {

static bool is_ranked(const SiteRow& row) {
    return row.reason.empty();
}

static bool goes_before(const SiteRow& a, const SiteRow& b) {
    if (is_ranked(a) != is_ranked(b))
        return is_ranked(a);
    if (is_ranked(a) && a.score != b.score)
        return a.score > b.score;
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
}

void rank(Ranking& ranking) {
    auto& rows = ranking.rows;
    for (SiteRow& row : rows)
        if (is_ranked(row) && std::isnan(row.score))
            row.reason = "its score is unknown";
    std::stable_sort(rows.begin(), rows.end(), goes_before);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool tied = i > 0 && is_ranked(rows[i - 1]) && rows[i - 1].score == rows[i].score;
        rows[i].rank = !is_ranked(rows[i]) ? 0 : tied ? rows[i - 1].rank : static_cast<int>(i) + 1;
    }
}

} // namespace zonerank::engine
