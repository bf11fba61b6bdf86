// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/decision_matrix.hpp"
#include "engine/methods/rank_reversal.hpp"
#include "engine/stability/smaa.hpp"
#include "engine/stability/weight_changes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A ranking, and what of it is not certain.
struct StabilityInput {
    const DecisionMatrix* matrix = nullptr; ///< sites with a rank, best first; one at least
    const WeightSpace* weights = nullptr;
    std::vector<UncertainCriterion> uncertain{};
    Scorer score;         ///< the study's aggregation; safe from any thread
    bool additive = true; ///< it is a sum of weight x value
    std::uint64_t draws = 10'000, seed = 1;
};

/// How sure a site's rank is, beside its counts in Smaa. Changes of weights are those of the
/// study's, whatever the weight space; NaN: no weights do it, or see SiteStability::exact.
struct SitePlace {
    int rank = 0;           ///< 1 is best; equals share
    WeightChange to_lose{}; ///< its place to one that is behind now
    WeightChange to_rise{}; ///< to the place of the next one ahead
    WeightChange to_first{};
    double greatest_lead = std::numeric_limits<double>::quiet_NaN(); ///< see first_place.hpp; of the space's weights
    std::optional<std::size_t> dominated_by{}; ///< the best placed that is as good everywhere, and better somewhere
    std::size_t dominated_by_count = 0;
};

struct SiteStability {
    static constexpr std::size_t most_ranks = 20; ///< counted one by one where there are more than most_pairs sites
    static constexpr std::size_t most_pairs = 1000;

    Smaa smaa;
    std::vector<SitePlace> sites;  ///< in the matrix's order
    std::vector<StayRange> ranges; ///< of the first site
    std::vector<Reversal> reversals;
    bool exact = false; ///< changes, leads and ranges are there: a weighted sum without gaps
};

/// All of it. The first is the site that stands first in the matrix. Takes a time that
/// grows with the square of the sites. Throws Error "stopped".
SiteStability site_stability(const StabilityInput& input, const rasters::Course& course = {});

} // namespace zonerank::engine
