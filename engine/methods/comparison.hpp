// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/rank_reversal.hpp"
#include "engine/methods/ranking_methods.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A method that takes part, under the name that people read.
struct Contestant {
    std::string label;
    const RankingMethodKind* kind = nullptr; ///< null: the study's own ranking
    Method method;
};

/// What became of it.
struct Contested {
    Contestant contestant;
    std::optional<Outcome> outcome{}; ///< none: it was left out
    std::string left_out{};           ///< why
    /// Leaving one site out turned two others round; none also where it wasn't tried.
    std::vector<Reversal> reversals{};
};

/// Rankings of the same sites side by side.
struct Comparison {
    std::vector<std::string> sites; ///< best of the study first
    std::vector<Contested> methods; ///< the study's own first
    bool tried_reversals = false;   ///< of at most most_tried sites
    static constexpr std::size_t most_tried = 50;

    std::vector<const Contested*> ranked() const; ///< without those left out
};

/// How much two rankings agree, 1 to -1; none: one of them has all sites level.
struct Pairing {
    std::size_t a = 0, b = 0; ///< of ranked()
    std::optional<double> kendall, spearman, weighted;
};

/// Ranks by each method. `own` is the study's ranking of the matrix. A method that can't work
/// on this matrix is left out, with the reason. Of few sites each is left out in turn. Takes as long as the slowest;
/// `between` is called before each, and may throw.
Comparison compare(const DecisionMatrix& matrix, Contested own, std::vector<Contestant> contestants,
                   const std::function<void(std::size_t done)>& between = {});

/// Every two of the methods that ranked.
std::vector<Pairing> pairings(const Comparison& comparison);

/// The least and the greatest rank that a site has by any of them, with or without those that only choose.
struct RankRange {
    int best = 0, worst = 0;
};
std::vector<RankRange> rank_ranges(const Comparison& comparison, bool choosing = true);

} // namespace zonerank::engine
