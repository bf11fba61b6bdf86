// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/site_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A site in two rankings; none where one does not have it.
struct SiteChange {
    std::optional<PastSite> before, after;
    std::string mover;       ///< the criterion that explains most of the score's change; empty: none is told
    double mover_change = 0; ///< of its part of the score

    const std::string& name() const; ///< its name, or its id where it has none
    bool moved() const;              ///< another rank, score or reason, or in one ranking only
    std::optional<double> score_change() const;
};

/// Sites by their id where each of both rankings has one of its own, or else by their name (several of one
/// name in the files' order). In the order of the ranking after, then those that are gone. The criterion that explains
/// most of a change is the one whose part of the score changed most in the change's direction.
std::vector<SiteChange> rank_changes(const std::vector<PastSite>& before, const std::vector<PastSite>& after);

} // namespace zonerank::engine
