// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/analyses.hpp"
#include "engine/stability/site_stability.hpp"

#include <optional>
#include <string>

namespace zonerank::engine {

/// How sure the sites' ranking is, as the study's `stability` says; without such a section it
/// is looked at, too, up to as many sites as take a few seconds (1,000; 300 where scores are no
/// weighted sum). Nothing when the study says `none`. `prepared` must outlive it.
std::optional<Analysis> stability_analysis(const Prepared& prepared);

/// The same figures of the ranked sites, best first, with no file written: nothing when the study
/// says `none`, when no site has a rank, and when there are more sites than are looked at unasked.
struct SitesStability {
    SiteStability found;
    std::string of_space; ///< which weights were tried, in words: "that keep the order of the study's"
};
std::optional<SitesStability> sites_stability(const Prepared& prepared, const Ranking& ranking,
                                              const rasters::Course& course);

} // namespace zonerank::engine
