// SPDX-License-Identifier: Apache-2.0
#include "engine/model/industry_scores.hpp"

#include "engine/model/matrix.hpp"
#include "engine/text/numbers.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

static int capacity_of(const Candidate& site, std::size_t field, const std::string& name) {
    const layers::Field& given = site.fields[field];
    if (std::holds_alternative<std::monostate>(given))
        return 0;
    constexpr double most = 1'000'000;
    const auto* whole = std::get_if<std::int64_t>(&given);
    const auto* number = std::get_if<double>(&given);
    const double capacity = whole ? static_cast<double>(*whole) : number ? *number : nan;
    if (std::isnan(capacity) && number)
        return 0;
    if (!(capacity >= 0 && capacity <= most && capacity == std::floor(capacity)))
        throw Error("{} of site '{}': expected a whole number of industries from 0, found '{}'", name, site.name,
                    layers::excerpt(layers::to_text(given)));
    return static_cast<int>(capacity);
}

std::map<std::string, int> capacities(const AssignSpec& assign, const Territory& territory) {
    const auto found = std::ranges::find(territory.site_fields, assign.field);
    if (!assign.field.empty() && found == territory.site_fields.end())
        throw Error("{}", layers::unknown("field", assign.field, territory.site_fields));
    std::map<std::string, int> result;
    for (const Candidate& site : territory.candidates)
        result[site.id] =
            assign.field.empty()
                ? assign.per_site
                : capacity_of(site, static_cast<std::size_t>(found - territory.site_fields.begin()), assign.field);
    return result;
}

namespace {

/// With as many digits as tell it from the limit.
std::string measured_text(double measurement, double limit, const layers::Unit& unit) {
    const double shown = layers::shown_in(unit, measurement), other = layers::shown_in(unit, limit);
    int digits = 3;
    while (digits < 9 && to_digits(shown, digits) == to_digits(other, digits))
        ++digits;
    return fmt::format("{}{}{}", to_digits(shown, digits), unit.name.empty() ? "" : " ", unit.name);
}

std::string failing(const Need& need, const MatrixColumn& column, double measurement) {
    const layers::Unit& unit = column.unit;
    const std::string limit = fmt::format("{}{}{}", to_digits(layers::shown_in(unit, need.limit), 9),
                                          unit.name.empty() ? "" : " ", unit.name);
    return fmt::format("{} {}, {} {} needed", column.name,
                       std::isnan(measurement) ? "not known" : measured_text(measurement, need.limit, unit),
                       need.at_least ? "at least" : "at most", limit);
}

/// One industry's look at the rows of the decision matrix.
class View {
public:
    View(const Ranking& ranking, const Model& model, const Profile& profile)
        : m_ranking(ranking), m_decision(model.decision()), m_profile(profile), m_weights(profile.weights) {
        for (std::size_t i = 0; i < ranking.columns.size() && profile.weights.empty(); ++i)
            m_weights.push_back(ranking.columns[i].weight);
        for (const OwnValue& own : profile.values)
            m_functions.push_back(own.as.function({.classes = model.layer(own.criterion).classes}));
    }

    Fit fit(const SiteRow& row) const {
        Fit fit;
        if (row.rank == 0) {
            fit.reason = row.reason;
            return fit;
        }
        const std::vector<MatrixEntry> entries = valued(row);
        fit.reason = gap_of(m_decision, entries, m_weights);
        if (!fit.reason.empty())
            return fit;
        std::vector<double> values;
        for (const MatrixEntry& entry : entries)
            values.push_back(entry.value);
        fit.score = m_decision.score(values, m_weights);
        fit.reason = std::isnan(fit.score) ? "no score" : unmet(row);
        return fit;
    }

private:
    std::vector<MatrixEntry> valued(const SiteRow& row) const {
        std::vector<MatrixEntry> entries = row.entries;
        for (std::size_t i = 0; i < m_functions.size(); ++i) {
            const OwnValue& own = m_profile.values[i];
            MatrixEntry& entry = entries[own.criterion];
            entry.value = partly_assumed(own.as, m_functions[i].of(entry.measurement), entry.known);
        }
        return entries;
    }

    std::string unmet(const SiteRow& row) const {
        std::string reason;
        for (const Need& need : m_profile.needs)
            if (const double measured = row.entries[need.criterion].measurement; !need.met_by(measured))
                reason += (reason.empty() ? "" : "; ") + failing(need, m_ranking.columns[need.criterion], measured);
        return reason;
    }

    const Ranking& m_ranking;
    const Decision& m_decision;
    const Profile& m_profile;
    std::vector<double> m_weights;
    std::vector<ValueFunction> m_functions; ///< of the profile's own values
};

} // namespace

IndustryMatrix industry_scores(const Ranking& ranking, const Model& model, std::span<const Profile> profiles,
                               const std::map<std::string, int>& capacities) {
    IndustryMatrix matrix;
    std::vector<View> views;
    for (const Profile& profile : profiles) {
        matrix.industries.push_back({profile.name, profile.label, profile.sites});
        views.emplace_back(ranking, model, profile);
    }
    for (const SiteRow& row : ranking.rows) {
        matrix.sites.push_back({row.id, row.name, capacities.at(row.id)});
        for (const View& view : views)
            matrix.fits.push_back(view.fit(row));
    }
    rank(matrix);
    return matrix;
}

} // namespace zonerank::engine
