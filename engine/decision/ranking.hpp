// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/unit.hpp"
#include "layers/vectors/features.hpp"

#include <limits>
#include <string>
#include <vector>

namespace zonerank::engine {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// One criterion of the decision matrix, as a column.
struct MatrixColumn {
    std::string name;  ///< unique in the study: [a-z][a-z0-9 _-]*
    std::string label; ///< what people read
    std::string theme;
    layers::Unit unit;                  ///< in which the measurement is shown
    double weight = 0;                  ///< of the whole study; all columns sum to 1
    std::vector<std::string> classes{}; ///< names by code, when the measurement is a class
    bool may_lack = false;              ///< data may be missing and something is assumed instead
    double limit = nan;                 ///< measurements at it stand for all beyond, base units; NaN: none do
};

/// How much of a site is farther than a criterion's limit.
enum class Beyond { none, part, all };

/// What a site is on one criterion. Measurement in base units, NaN: unknown.
struct MatrixEntry {
    double measurement = nan;
    double value = nan; ///< 0 .. 1
    double part = nan;  ///< weight x value, where contributions exist
    double known = 1;   ///< share of the usable ground that has data
    Beyond beyond = Beyond::none;
};

/// Shares of the site's area by state; they add up to 1.
struct StateShares {
    double valid = 0, assumed = 0, unknown = 0, excluded = 0, outside = 0;
    double usable() const { return valid + assumed; }
};

/// One site, scored: a row of the ranking.
struct SiteRow {
    int rank = 0;         ///< 1 is best, ties share a rank; 0: not ranked
    std::string reason{}; ///< why it has no rank
    std::string id, name;
    double score = nan;                     ///< the study's aggregation of the row of the decision matrix
    double map_score = nan;                 ///< mean of the map over the usable cells
    double p10 = nan, min = nan, max = nan; ///< of the map over the usable cells
    double area_ha = 0, usable_ha = 0;      ///< ellipsoidal
    StateShares shares{};
    std::string excluded_by{};          ///< the constraint that excludes most of it; empty: none does
    std::string unknown_by{};           ///< why most of it is unknown; empty: no criterion's fault
    std::vector<MatrixEntry> entries{}; ///< one per column
    std::vector<layers::Field> kept{};  ///< the fields in `keep`, as they were
    rasters::Shape shape{};             ///< in the grid's CRS
};

/// The ranked sites: best first, then those without a rank by name.
struct Ranking {
    std::string study;
    std::vector<MatrixColumn> columns;
    std::vector<std::string> kept; ///< names of the `keep` fields
    bool contributions = false;    ///< every aggregation on the way is additive
    std::vector<SiteRow> rows;
};

/// Orders rows by score, gives ranks (equal scores share one, the next rank skips)
/// and puts those without a rank (reason set) last. Equals are ordered by name,
/// then id. A site whose score is NaN gets a reason, and no rank.
void rank(Ranking& ranking);

} // namespace zonerank::engine
