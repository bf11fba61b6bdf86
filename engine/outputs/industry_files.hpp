// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/industries.hpp"
#include "engine/study/profiles.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a study's profiles came to.
struct Industries {
    std::span<const Profile> profiles;
    std::span<const Criterion> criteria; ///< of the study
    std::string aggregation;             ///< by which scores are folded
    Aim aim = Aim::total_score;
    IndustryMatrix matrix;
    IndustryPlan plan;
};

/// industries/: scores.csv (a row per site and industry), assignment.csv (a row per
/// industry and site it gets, and per site it does without) and industries.json (weights,
/// best sites of each, best industry of each site, the plan, and how they came about).
/// Scores to 9 digits; what is not known is an empty field, and null.
std::vector<std::string> industry_files();
void write_industries(const Industries& industries, const std::filesystem::path& folder);

/// Why an industry gets fewer sites than it looks for.
std::string why_without(const IndustryMatrix& matrix, std::size_t industry);

} // namespace zonerank::engine
