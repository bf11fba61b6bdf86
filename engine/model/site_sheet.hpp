// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/tally.hpp"
#include "engine/stability/weight_changes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// One criterion in a site's score. NaN: not known, or left out.
struct SheetCriterion {
    /// Weight x value, which add up to the score; where that is no sum, what the score
    /// would fall by if the criterion were worth 0 here.
    double part = nan;
    /// By how much it puts the site ahead of the winner, and of the mean of the ranked sites: the
    /// difference of the parts; where there is no sum, of the scores with and without the other's value.
    double over_winner = nan, over_mean = nan;
};

/// A constraint on a site's ground, as shares of the site.
struct SheetConstraint {
    std::string name, label;
    double excluded = 0;       ///< by it, and maybe by others, too
    double usable_without = 0; ///< what would be usable if it were not for this constraint
};

/// What would bring a site level with one that is ahead; a trace more, and it is ahead.
struct WayUp {
    std::size_t rival = 0; ///< row of the ranking
    /// By criterion: the measurement, base units, that alone would be enough, if all the site's ground
    /// had it, nearest to what it is now (to the mean of the others where that is not known); nothing: none would.
    /// Measured of all sites from 0 up, it stays there, and a percentage up to 100.
    std::vector<std::optional<double>> enough{};
    WeightChange weights{}; ///< see SiteSheet::exact_weights
};

/// A site beside another.
struct Beside {
    std::size_t rival = 0;    ///< row of the ranking
    std::vector<double> over; ///< by criterion, as SheetCriterion::over_winner
};

/// Why a site stands where it stands. Rows are the ranking's, which must outlive it.
struct SiteSheet {
    const Ranking* ranking = nullptr;
    std::size_t row = 0, ranked = 0;            ///< its row; how many rows have a rank
    int would_rank = 0;                         ///< of a site that has a score and no rank: the one by that score
    std::vector<SheetCriterion> criteria{};     ///< none without a score
    std::vector<SheetConstraint> constraints{}; ///< those that exclude some of it, most first
    std::optional<WayUp> up_one{}, to_top{};    ///< to_top: where that is another site
    std::vector<Beside> rivals{};               ///< just ahead, the winner, just behind; each once
    bool exact_weights = false;                 ///< changes of weights are known: scores are weighted sums without gaps

    const SiteRow& site() const { return ranking->rows[row]; }
};

/// Composes it. `tally` is the site's own. One thread; no files.
SiteSheet site_sheet(const Ranking& ranking, std::size_t row, const Model& model, const SiteTally& tally);

} // namespace zonerank::engine
