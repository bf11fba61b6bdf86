// SPDX-License-Identifier: Apache-2.0
#include "engine/analyses.hpp"

#include "engine/model/alternatives.hpp"
#include "engine/outputs/comparison_files.hpp"
#include "engine/outputs/comparison_text.hpp"
#include "rasters/core/files.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;

/// The study's ranking as one of those compared.
static Contested own_ranking(const Ranking& ranking, const Decision& decision) {
    Outcome outcome{.figure = "score"};
    for (const SiteRow& row : ranking.rows)
        if (row.rank > 0) {
            outcome.figures.push_back(row.score);
            outcome.ranks.push_back(row.rank);
        }
    const std::string variant = fmt::format("the study's own score: {} of its themes", decision.aggregation_name);
    return {.contestant = {"study", nullptr, {.variant = variant}}, .outcome = std::move(outcome)};
}

static Comparison compared(const Prepared& prepared, const Ranking& ranking, const rasters::Course& course) {
    layers::Problems told; // before, by prepare
    std::vector<Contestant> all = contestants(*prepared.study.compare, matrix_criteria(prepared.decision), told);
    const auto count = static_cast<double>(all.size());
    return compare(alternatives(ranking, *prepared.model), own_ranking(ranking, prepared.decision), std::move(all),
                   [&](std::size_t done) { course.at(static_cast<double>(done) / count); });
}

static Analysis comparison(const Prepared& prepared) {
    return {{"comparison/ranks.csv", "comparison/agreement.csv", "comparison/pairs.csv", "comparison/comparison.json"},
            [&prepared](const Ranking& ranking, const fs::path& folder, const rasters::Course& course) {
                const Comparison result = compared(prepared, ranking, course);
                const std::vector<Pairing> agreement = pairings(result);
                fs::create_directories(folder / "comparison");
                rasters::write_text(folder / "comparison/ranks.csv", ranks_csv(result));
                rasters::write_text(folder / "comparison/agreement.csv", agreement_csv(result, agreement));
                rasters::write_text(folder / "comparison/pairs.csv", pairs_csv(result));
                rasters::write_text(folder / "comparison/comparison.json", comparison_json(result, agreement));
                return comparison_text(result, agreement);
            }};
}

std::vector<Analysis> analyses(const Prepared& prepared) {
    std::vector<Analysis> asked;
    if (!prepared.study.sites)
        return asked;
    if (prepared.study.compare)
        asked.push_back(comparison(prepared));
    return asked;
}

} // namespace zonerank::engine
