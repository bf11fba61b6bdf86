// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/methods/validation.hpp"
#include "engine/model/known_zones.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Where a known zone falls.
struct KnownScore {
    std::string name;
    bool good = true;
    double score = nan;       ///< of the map, the mean over its usable cells; of a site its score; NaN: none
    double higher_than = nan; ///< the share of the others that score less, equals counting half
    bool above = false;       ///< it reaches the cut
    std::string reason{};     ///< why it has no score; empty: it has
};

/// How the scores hold against what is known.
struct Validation {
    bool on_map = false;
    bool against_bad = false; ///< the curve is against bad zones, not against all others
    double cut = 0;
    std::vector<KnownScore> known; ///< the good ones first
    std::int64_t others = 0; ///< usable cells of the map, the zones' own among them; or ranked sites that are not good
    double others_above = nan; ///< their share that reaches the cut
    std::optional<Roc> roc;    ///< none: no good zone has a score, or nothing is there to compare with
};

Validation validated(const KnownZones& known, const MapScores& scores, double cut);
Validation validated(const KnownZones& known, const Territory& territory, const Ranking& ranking, double cut);

} // namespace zonerank::engine
