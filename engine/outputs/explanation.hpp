// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/industries.hpp"
#include "engine/model/site_sheet.hpp"
#include "engine/stability/site_stability.hpp"

#include <optional>
#include <string>

namespace zonerank::engine {

/// All that is known of why a site stands where it stands. Does not move: the sheet
/// refers to the ranking.
struct Explanation {
    Explanation() = default;
    Explanation(const Explanation&) = delete;

    Ranking ranking;
    SiteSheet sheet;
    std::string aggregation;                  ///< the study's, of its themes: "weighted sum"
    double needs_usable = 0;                  ///< the share of a site that must be, for a rank
    std::optional<SiteStability> stability{}; ///< of the ranked sites, when it was looked at
    std::string of_space;                     ///< which weights it tried: "that keep the order of the study's"
    IndustryMatrix industries{};              ///< rows as the ranking's; none without profiles
};

/// For a planner at a terminal `width` columns wide: words and tables. Names are made harmless.
std::string explanation_text(const Explanation& explanation, int width);

/// The same as JSON: measurements in the criterion's `unit`, shares and weights 0..1, null for
/// what is not known or can't be.
std::string explanation_json(const Explanation& explanation);

} // namespace zonerank::engine
