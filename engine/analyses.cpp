// SPDX-License-Identifier: Apache-2.0
#include "engine/analyses.hpp"

#include "engine/model/alternatives.hpp"
#include "engine/model/industry_scores.hpp"
#include "engine/outputs/comparison_files.hpp"
#include "engine/outputs/comparison_text.hpp"
#include "engine/outputs/industry_files.hpp"
#include "engine/outputs/industry_table.hpp"
#include "engine/outputs/validation_files.hpp"
#include "engine/stability_analysis.hpp"
#include "engine/study/no_sites.hpp"
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

static Analysis of_industries(const Prepared& p) {
    return {industry_files(), [&p](const Ranking& ranking, const fs::path& folder, const rasters::Course&) {
                Industries all{p.profiles, p.decision.criteria, p.decision.aggregation_name, p.study.assign.aim, {},
                               {}};
                all.matrix = industry_scores(ranking, *p.model, p.profiles, capacities(p.study.assign, p.territory));
                all.plan = plan(all.matrix, all.aim);
                write_industries(all, folder);
                return industry_text(all);
            }};
}

static Analysis of_known_sites(const Prepared& p) {
    return {validation_files(), [&p](const Ranking& ranking, const fs::path& folder, const rasters::Course&) {
                const Validation result = validated(*p.known, p.territory, ranking, p.study.validate->cut);
                write_validation(result, folder);
                return validation_text(result);
            }};
}

std::vector<Analysis> analyses(const Prepared& prepared) {
    std::vector<Analysis> asked;
    if (!ranks_sites(prepared.study, prepared.territory))
        return asked;
    if (prepared.study.compare)
        asked.push_back(comparison(prepared));
    if (!prepared.profiles.empty())
        asked.push_back(of_industries(prepared));
    if (prepared.known && !prepared.known->on_map)
        asked.push_back(of_known_sites(prepared));
    if (auto stability = stability_analysis(prepared))
        asked.push_back(std::move(*stability));
    return asked;
}

Analysis map_validation(const Prepared& prepared, const MapScores& scores) {
    return {validation_files(), [&prepared, &scores](const Ranking&, const fs::path& folder, const rasters::Course&) {
                const Validation result = validated(*prepared.known, scores, prepared.study.validate->cut);
                write_validation(result, folder);
                return validation_text(result);
            }};
}

} // namespace zonerank::engine
