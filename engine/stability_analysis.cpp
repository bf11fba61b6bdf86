// SPDX-License-Identifier: Apache-2.0
#include "engine/stability_analysis.hpp"

#include "engine/model/alternatives.hpp"
#include "engine/outputs/stability_files.hpp"
#include "engine/outputs/stability_text.hpp"
#include "engine/stability/drivers.hpp"
#include "engine/stability/score_spread.hpp"
#include "engine/study/stability.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_sums = 1000, most_others = 300; ///< sites looked at when nobody asks
constexpr std::size_t most_asked = 10'000;                 ///< since the work grows with their square

std::size_t limit_of(const Prepared& p) {
    return p.study.stability.asked ? most_asked : p.decision.additive() ? most_sums : most_others;
}

/// One study's: what is put together before it is looked at.
class Analyst {
public:
    Analyst(const Prepared& prepared, const Ranking& ranking)
        : m_p(prepared), m_spec(prepared.study.stability), m_matrix(alternatives(ranking, *prepared.model)),
          m_space(weight_space(m_spec.weights, m_matrix.criteria, m_matrix.weights)) {
        for (const SiteRow& row : ranking.rows)
            if (row.rank > 0)
                m_ids.push_back(row.id);
        for (std::size_t j = 0; j < m_matrix.columns(); ++j)
            if (m_p.decision.criteria[j].uncertainty)
                add_uncertain(j, *m_p.decision.criteria[j].uncertainty);
    }

    SiteStability found(const rasters::Course& course) const {
        return site_stability(
            {.matrix = &m_matrix,
             .weights = &m_space,
             .uncertain = m_uncertain,
             .score = [this](auto values, auto weights) { return m_p.decision.score(values, weights); },
             .additive = m_p.decision.additive(),
             .draws = m_spec.draws,
             .seed = m_spec.seed},
            course);
    }

    std::string write(const fs::path& folder, const rasters::Course& course) const {
        const SiteStability found = this->found(course);
        const StabilityRecord record = recorded(found);
        rasters::write_text(folder / "acceptability.csv", acceptability_csv(record));
        rasters::write_text(folder / "sites.csv", site_stability_csv(record));
        rasters::write_text(folder / "stability.json", stability_json(record));
        rasters::write_text(folder / "drivers.csv", drivers_csv(record, found_drivers(course)));
        rasters::write_text(folder / "pairs.csv", found.smaa.ahead.empty() ? "site\n" : pairs_csv(record));
        return stability_text(record);
    }

    std::string of_space() const {
        const std::string& kind = m_spec.weights.kind;
        if (kind == "ordinal" && !m_spec.weights.body.is_empty())
            return "in the order that `stability` gives";
        if (kind == "ordinal" && !m_space.order().empty())
            return "that keep the order of the study's";
        if (kind == "intervals")
            return "within the ranges that `stability` gives";
        if (kind == "dirichlet")
            return "about the study's own";
        return "of all kinds";
    }

private:
    /// Exact for a weighted sum; where weights act together from draws, of the best sites.
    std::vector<Drivers> found_drivers(const rasters::Course& course) const {
        if (!m_p.decision.additive()) {
            constexpr std::size_t most_sites = 50, draws = 512;
            const auto count = std::ranges::count_if(m_matrix.weights, [](double w) { return w > 0; });
            return drivers(
                first_rows(m_matrix, most_sites),
                [this](auto values, auto weights) { return m_p.decision.score(values, weights); },
                static_cast<double>(count), draws, m_spec.seed, course.silent());
        }
        const WeightMoments moments(m_space.mean(), m_space.covariance());
        std::vector<Drivers> exact;
        for (std::size_t i = 0; i < m_matrix.rows(); ++i)
            exact.push_back({moments.shares(m_matrix.valued(i)), {}});
        return exact;
    }

    void add_uncertain(std::size_t j, const Uncertainty& uncertainty) {
        const Criterion& criterion = m_p.decision.criteria[j];
        if (criterion.on_map() && criterion.site.kind != SiteRule::Kind::share && m_p.model->layer(j).categorical) {
            m_notes.push_back(fmt::format("{} is a class, so its uncertainty is not drawn", criterion.name));
            return;
        }
        UncertainCriterion uncertain{.criterion = j, .uncertainty = uncertainty, .value = [this, j](auto numbers) {
                                         for (double& x : numbers)
                                             x = m_p.model->value(j, x);
                                     }};
        for (std::size_t i = 0; i < m_matrix.rows(); ++i)
            uncertain.measurements.push_back(m_matrix.measured(i)[j]);
        m_uncertain.push_back(std::move(uncertain));
    }

    StabilityRecord recorded(const SiteStability& found) const {
        StabilityRecord record{.matrix = &m_matrix,
                               .ids = m_ids,
                               .stability = &found,
                               .weights = &m_space,
                               .space = m_spec.weights.kind,
                               .of_space = of_space(),
                               .notes = m_notes,
                               .seed = m_spec.seed};
        for (const UncertainCriterion& uncertain : m_uncertain)
            record.uncertain.push_back(m_matrix.criteria[uncertain.criterion]);
        if (std::ranges::count_if(m_matrix.weights, [](double w) { return w > 0; }) == 1)
            record.notes.emplace_back("one criterion has all the weight, so there is only one set of weights");
        return record;
    }

    const Prepared& m_p;
    const StabilitySpec& m_spec;
    DecisionMatrix m_matrix;
    WeightSpace m_space;
    std::vector<std::string> m_ids, m_notes;
    std::vector<UncertainCriterion> m_uncertain;
};

std::string without_sites(const fs::path& folder) {
    for (const char* file : {"acceptability.csv", "sites.csv", "pairs.csv", "drivers.csv"})
        rasters::write_text(folder / file, "site\n");
    rasters::write_text(folder / "stability.json", "{\"sites\": []}\n");
    return "How sure is this ranking?\n  No site has a rank.\n";
}

std::size_t ranked_sites(const Ranking& ranking) {
    return static_cast<std::size_t>(
        std::ranges::count_if(ranking.rows, [](const SiteRow& row) { return row.rank > 0; }));
}

std::string look(const Prepared& prepared, const Ranking& ranking, const fs::path& folder,
                 const rasters::Course& course) {
    fs::create_directories(folder);
    const std::size_t ranked = ranked_sites(ranking);
    if (ranked == 0)
        return without_sites(folder);
    if (ranked > limit_of(prepared)) {
        without_sites(folder);
        return prepared.study.stability.asked
                   ? fmt::format(
                         "How sure is this ranking? {} ranked sites are too many to look at; {} are the most.\n",
                         ranked, most_asked)
                   : fmt::format("How sure is this ranking? {} ranked sites are looked at only when the study asks for "
                                 "it: `stability: {{}}`.\n",
                                 ranked);
    }
    return Analyst(prepared, ranking).write(folder, course);
}

} // namespace

std::optional<SitesStability> sites_stability(const Prepared& prepared, const Ranking& ranking,
                                              const rasters::Course& course) {
    const std::size_t ranked = ranked_sites(ranking);
    if (!prepared.study.stability.wanted || ranked == 0 || ranked > limit_of(prepared))
        return {};
    const Analyst analyst(prepared, ranking);
    return SitesStability{analyst.found(course), analyst.of_space()};
}

std::optional<Analysis> stability_analysis(const Prepared& prepared) {
    if (!prepared.study.stability.wanted)
        return {};
    return Analysis{.files = {"stability/acceptability.csv", "stability/sites.csv", "stability/pairs.csv",
                              "stability/drivers.csv", "stability/stability.json"},
                    .work = [&prepared](const Ranking& ranking, const fs::path& folder, const rasters::Course& course) {
                        return look(prepared, ranking, folder / "stability", course);
                    }};
}

} // namespace zonerank::engine
