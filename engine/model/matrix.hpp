// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/tally.hpp"

#include <span>

namespace zonerank::engine {

/// The decision matrix and its ranking from what the sites' cells added up to.
/// Entry: the measurement over the site's usable cells and the mean of their
/// values, or as the criterion's `site:` says. A site that falls below the study's
/// needs, or whose score is not known, is listed without a rank.
Ranking rank_sites(const Study& study, const Model& model, const Territory& territory,
                   std::span<const SiteTally> tallies);

} // namespace zonerank::engine
