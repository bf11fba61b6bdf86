// SPDX-License-Identifier: Apache-2.0
#include "engine/model/matrix.hpp"

#include "rasters/core/parallel.hpp"
#include "rasters/zonal/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace zonerank::engine {

using rasters::Crs;

namespace {

double field_number(const layers::Field& field) {
    if (const auto* whole = std::get_if<std::int64_t>(&field))
        return static_cast<double>(*whole);
    const auto* number = std::get_if<double>(&field);
    return number ? *number : nan;
}

/// The class with the largest weight; the smallest code where they tie.
double majority(const std::map<int, std::int64_t>& classes) {
    const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
    const auto it = std::ranges::max_element(classes, more);
    return it == classes.end() ? nan : it->first;
}

/// The direction of the mean vector, degrees; -1 where most of the ground faces nowhere.
double mean_direction(const CriterionTally& cells) {
    const std::int64_t facing = cells.sine.weight();
    if (facing + cells.flat == 0)
        return nan;
    if (cells.flat > facing)
        return -1;
    const double degrees = std::atan2(cells.sine.mean(), cells.cosine.mean()) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

double assumed_value(const Missing& missing) {
    switch (missing.policy) {
    case Missing::Policy::worst:
    case Missing::Policy::value:
        return missing.value;
    case Missing::Policy::unknown:
    case Missing::Policy::leave_out:
        return nan;
    }
    return nan;
}

std::string percent(double share) {
    return fmt::format("{:.1f} %", share * 100);
}

std::string without(const Criterion& criterion) {
    const std::string_view why = criterion.on_map() ? criterion.measure.kind->make.none : std::string_view{};
    return why.empty() ? fmt::format("no data for '{}'", criterion.name)
                       : fmt::format("{} ('{}')", why, criterion.name);
}

class Matrix {
public:
    Matrix(const Study& study, const Model& model, const Territory& territory)
        : m_study(study), m_model(model), m_territory(territory) {
        for (const Criterion& criterion : model.decision().criteria)
            m_weights.push_back(criterion.weight);
    }

    std::vector<MatrixColumn> columns() const {
        std::vector<MatrixColumn> result;
        for (std::size_t i = 0; i < m_model.decision().criteria.size(); ++i) {
            const Criterion& c = m_model.decision().criteria[i];
            const bool share = c.site.kind == SiteRule::Kind::share;
            result.push_back({c.name, c.label, c.theme, c.matrix_unit(), c.weight,
                              share ? std::vector<std::string>{} : m_model.layer(i).classes,
                              c.missing.policy != Missing::Policy::unknown, c.limit().value_or(nan)});
        }
        return result;
    }

    SiteRow row(const Candidate& site, const SiteTally& tally) const {
        SiteRow row{.id = site.id, .name = site.name, .kept = site.kept, .shape = site.shape};
        share_out(row, tally);
        std::vector<double> values;
        for (std::size_t i = 0; i < m_model.decision().criteria.size(); ++i) {
            row.entries.push_back(entry(i, site, tally));
            values.push_back(row.entries.back().value);
        }
        mark_assumed(row);
        const std::string gap = gap_of(m_model.decision(), row.entries, m_weights);
        if (tally.usable() > 0) {
            row.map_score = tally.score.mean();
            row.p10 = tally.scores.at(0.1);
            row.min = tally.min;
            row.max = tally.max;
        }
        if (tally.usable() > 0 && gap.empty()) {
            row.score = m_model.decision().score(values);
            contribute(row, values);
        }
        row.reason = reason(row, gap);
        return row;
    }

private:
    // What no cell of the grid covers of the site is outside, too.
    void share_out(SiteRow& row, const SiteTally& tally) const {
        constexpr double cell_weight = parts_per_side * parts_per_side * double{rasters::full_coverage};
        const double cell = m_model.grid().cell;
        std::int64_t counted = 0;
        for (const std::int64_t weight : tally.by_state)
            counted += weight;
        const auto whole = std::max(std::llround(rasters::area(row.shape) / (cell * cell) * cell_weight), 1LL);
        const auto rest = static_cast<double>(whole - counted);
        const double rounding = std::max(1e-7 * static_cast<double>(whole), 64.0); // of the parts, each to a unit
        const double beyond = rest > rounding ? rest : 0;
        const double total = static_cast<double>(counted) + beyond;
        const auto share = [&](State state) {
            return static_cast<double>(tally.by_state[static_cast<std::size_t>(state)]) / total;
        };
        const auto outside = static_cast<double>(tally.by_state[static_cast<std::size_t>(State::outside)]);
        row.shares = {share(State::valid), share(State::assumed), share(State::unknown), share(State::excluded),
                      (outside + beyond) / total};
        row.area_ha = rasters::ellipsoidal_area(row.shape, m_territory.crs) / 10'000;
        row.usable_ha = row.area_ha * row.shares.usable();
        const auto most = std::ranges::max_element(tally.excluded_by);
        if (most != tally.excluded_by.end() && *most > 0)
            row.excluded_by = m_model.constraints()[static_cast<std::size_t>(most - tally.excluded_by.begin())].name;
        const auto gap = std::ranges::max_element(tally.unknown_by);
        if (gap != tally.unknown_by.end() && *gap > 0)
            row.unknown_by =
                without(m_model.decision().criteria[static_cast<std::size_t>(gap - tally.unknown_by.begin())]);
    }

    MatrixEntry entry(std::size_t i, const Candidate& site, const SiteTally& tally) const {
        const Criterion& criterion = m_model.decision().criteria[i];
        const CriterionTally& cells = tally.criteria[i];
        MatrixEntry entry;
        const bool mean = criterion.on_map() && criterion.site.kind == SiteRule::Kind::mean;
        if (criterion.on_map() && tally.usable() == 0)
            return {.known = nan}; // nothing is known of no ground
        entry.measurement = measurement(criterion, i, site, cells);
        entry.known = known(criterion, entry.measurement, cells, tally);
        entry.beyond = beyond(criterion, cells);
        if (!mean)
            m_model.refuse_beyond(i, entry.measurement);
        entry.value =
            mean ? cells.value.mean() : partly_assumed(criterion, m_model.value(i, entry.measurement), entry.known);
        return entry;
    }

    static Beyond beyond(const Criterion& criterion, const CriterionTally& cells) {
        const auto limit = static_cast<float>(criterion.limit().value_or(HUGE_VAL));
        return cells.max < limit ? Beyond::none : cells.min < limit ? Beyond::part : Beyond::all;
    }

    static double known(const Criterion& criterion, double measurement, const CriterionTally& cells,
                        const SiteTally& tally) {
        if (!criterion.on_map() || criterion.site.kind == SiteRule::Kind::edge)
            return std::isnan(measurement) ? 0 : 1;
        return 1 - static_cast<double>(cells.lacking) / static_cast<double>(tally.usable());
    }

    /// What is assumed of a site as a whole is assumed of all its ground.
    void mark_assumed(SiteRow& row) const {
        for (std::size_t i = 0; i < row.entries.size(); ++i) {
            const Criterion& criterion = m_model.decision().criteria[i];
            const bool assumes = !criterion.on_map() && criterion.missing.policy != Missing::Policy::unknown;
            if (assumes && row.entries[i].known == 0)
                row.shares.assumed += std::exchange(row.shares.valid, 0);
        }
    }

    double measurement(const Criterion& criterion, std::size_t i, const Candidate& site,
                       const CriterionTally& cells) const {
        if (!criterion.on_map())
            return site_field(criterion, site);
        const bool mean = criterion.site.kind == SiteRule::Kind::mean;
        if (mean && m_model.layer(i).categorical)
            return majority(cells.classes);
        const bool any = cells.measurement.weight() > 0;
        switch (criterion.site.kind) {
        case SiteRule::Kind::mean:
            return m_model.layer(i).circular ? mean_direction(cells) : cells.measurement.mean();
        case SiteRule::Kind::share:
            return cells.measurement.mean();
        case SiteRule::Kind::min:
            return any ? cells.min : nan;
        case SiteRule::Kind::max:
            return any ? cells.max : nan;
        case SiteRule::Kind::edge:
            return m_model.edge(i, site.shape);
        }
        return nan;
    }

    double site_field(const Criterion& criterion, const Candidate& site) const {
        const auto& keep = m_territory.site_fields;
        const auto it = std::ranges::find(keep, criterion.site_field);
        const double number =
            it == keep.end() ? nan : field_number(site.fields[static_cast<std::size_t>(it - keep.begin())]);
        return std::isnan(number) ? nan : number * criterion.unit.factor;
    }

    void contribute(SiteRow& row, const std::vector<double>& values) const {
        if (!m_model.decision().additive())
            return;
        const std::vector<double> parts = m_model.decision().parts(values);
        for (std::size_t i = 0; i < parts.size(); ++i)
            row.entries[i].part = parts[i];
    }

    std::string reason(const SiteRow& row, const std::string& gap) const {
        const SitesSpec& needs = *m_study.sites;
        const double usable = row.shares.usable();
        if (row.shares.outside >= 1)
            return "outside the area";
        constexpr double rounding = 1e-9;
        if (usable < needs.needs_usable - rounding)
            return fmt::format("{} usable, {} needed ({})", percent(usable), percent(needs.needs_usable),
                               largest_loss(row));
        if (usable == 0)
            return fmt::format("nothing usable ({})", largest_loss(row));
        if (row.usable_ha < needs.needs_area_ha * (1 - rounding))
            return fmt::format("{} usable, {} needed", hectares(row.usable_ha), hectares(needs.needs_area_ha));
        return gap;
    }

    static std::string hectares(double area) { return fmt::format("{:.{}f} ha", area, area < 10 ? 3 : 1); }

    static std::string largest_loss(const SiteRow& row) {
        const StateShares& shares = row.shares;
        const double most = std::max({shares.excluded, shares.unknown, shares.outside});
        if (most == shares.excluded)
            return fmt::format("{} excluded, most by '{}'", percent(most), row.excluded_by);
        if (most == shares.unknown && !row.unknown_by.empty())
            return fmt::format("{} unknown: {}", percent(most), row.unknown_by);
        return fmt::format("{} {}", percent(most), most == shares.unknown ? "without data" : "outside the area");
    }

    const Study& m_study;
    const Model& m_model;
    const Territory& m_territory;
    std::vector<double> m_weights; ///< of the criteria
};

} // namespace

double partly_assumed(const Criterion& criterion, double value, double known) {
    const double assumed = assumed_value(criterion.missing);
    if (std::isnan(value) || std::isnan(assumed))
        return std::isnan(value) ? assumed : value;
    return known * value + (1 - known) * assumed;
}

// What is missing is no score, and neither is the rest without it, unless the study
// leaves it out and enough is left.
std::string gap_of(const Decision& decision, std::span<const MatrixEntry> entries, std::span<const double> weights) {
    double known = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Criterion& criterion = decision.criteria[i];
        const bool leave_out = criterion.missing.policy == Missing::Policy::leave_out;
        if (!leave_out && std::isnan(entries[i].value))
            return without(criterion);
        known += weights[i] * (leave_out ? entries[i].known : 1);
    }
    constexpr double rounding = 1e-9;
    if (known > rounding && known + rounding >= decision.known)
        return "";
    return fmt::format("data for {} of the weight, {} needed", percent(known), percent(decision.known));
}

Ranking ranking_of_none(const Study& study, const Model& model, const Territory& territory) {
    return {.study = study.title,
            .columns = Matrix(study, model, territory).columns(),
            .kept = study.sites->keep,
            .contributions = model.decision().additive(),
            .rows = {}};
}

Ranking rank_sites(const Study& study, const Model& model, const Territory& territory,
                   std::span<const SiteTally> tallies) {
    const Matrix matrix(study, model, territory);
    Ranking ranking = ranking_of_none(study, model, territory);
    ranking.rows.resize(territory.candidates.size());
    rasters::in_parallel(ranking.rows.size(),
                         [&](std::size_t i) { ranking.rows[i] = matrix.row(territory.candidates[i], tallies[i]); });
    rank(ranking);
    return ranking;
}

} // namespace zonerank::engine
