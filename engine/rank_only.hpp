// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/prepared.hpp"
#include "engine/model/tally.hpp"

#include <atomic>
#include <functional>
#include <vector>

namespace zonerank::engine {

/// The ranking of the sites, and the tallies it stands on, with nothing written.
struct RankedSites {
    Ranking ranking;
    std::vector<SiteTally> tallies; ///< of the candidates, in their order
};

/// REQUIRES prepared.problems.ok() and sites. Throws Error for a damaged input, and "stopped".
RankedSites rank_only(Prepared& prepared, unsigned threads, int tile,
                      const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop);

} // namespace zonerank::engine
