// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/methods/industries.hpp"
#include "engine/model/model.hpp"
#include "engine/study/profiles.hpp"

#include <map>
#include <span>
#include <string>

namespace zonerank::engine {

/// How many industries each candidate site takes, by id. Throws Error for a field that is
/// no whole number from 0; a site without a number takes none.
std::map<std::string, int> capacities(const AssignSpec& assign, const Territory& territory);

/// Scores each site for each industry, as the study's own aggregation folds the values of
/// the decision matrix, with the industry's weights and value functions. A site is not
/// suited that has no rank, fails a need, or has no data for enough of the weight.
/// Rows in the ranking's order, industries in the study's; ranked.
IndustryMatrix industry_scores(const Ranking& ranking, const Model& model, std::span<const Profile> profiles,
                               const std::map<std::string, int>& capacities);

} // namespace zonerank::engine
