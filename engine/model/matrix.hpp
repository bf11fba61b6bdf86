// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/tally.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// A site's value of a criterion where only the share `known` of its ground has data:
/// the rest has the value that the study assumes, as it has in a mean. NaN: `leave out`, or not known.
double partly_assumed(const Criterion& criterion, double value, double known);

/// Why a row of values can't be scored with these weights (one per criterion): a value
/// is missing, or too much of the weight is left out. Empty: it can.
std::string gap_of(const Decision& decision, std::span<const MatrixEntry> entries, std::span<const double> weights);

/// A ranking with its columns and no sites yet, as a study's sites will have it.
Ranking ranking_of_none(const Study& study, const Model& model, const Territory& territory);

/// The decision matrix and its ranking from what the sites' cells added up to.
/// Entry: the measurement over the site's usable cells and the mean of their
/// values, or as the criterion's `site:` says. A site that falls below the study's
/// needs, or whose score is not known, is listed without a rank.
Ranking rank_sites(const Study& study, const Model& model, const Territory& territory,
                   std::span<const SiteTally> tallies);

} // namespace zonerank::engine
