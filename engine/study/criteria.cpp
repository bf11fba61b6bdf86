// SPDX-License-Identifier: Apache-2.0
#include "engine/study/criteria.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

layers::Unit Criterion::matrix_unit() const {
    return site.kind == SiteRule::Kind::share ? layers::unit_called("%") : shown;
}

layers::Unit Criterion::map_unit() const {
    return site.kind == SiteRule::Kind::share ? layers::unit_called("%") : unit;
}

std::optional<double> Criterion::limit() const {
    if (!on_map() || site.kind == SiteRule::Kind::share || !measure.params.has("limit"))
        return {};
    const bool length = std::ranges::any_of(measure.kind->parameters, [](const layers::Parameter& row) {
        return row.name == "limit" && row.type == layers::Type::quantity;
    });
    return length ? std::optional(measure.params.number("limit")) : std::nullopt;
}

void Decision::share_out() {
    for (std::size_t t = 0; t < themes.size() && t < weighing.weights.size(); ++t)
        for (std::size_t m = 0; m < themes[t].members.size() && m < themes[t].weighing.weights.size(); ++m)
            criteria[themes[t].members[m]].weight = themes[t].weighing.weights[m] * weighing.weights[t];
}

std::optional<layers::Mark> Decision::awaits_sites() const {
    if (weighing.later)
        return weights_mark;
    const auto waits = std::ranges::find_if(themes, [](const Theme& theme) { return bool(theme.weighing.later); });
    return waits == themes.end() ? std::nullopt : std::optional(waits->weights_mark);
}

bool Decision::additive() const {
    return aggregation.additive &&
           std::ranges::all_of(themes, [](const Theme& theme) { return theme.aggregation.additive; });
}

static std::vector<double> pick(std::span<const double> values, const std::vector<std::size_t>& members) {
    std::vector<double> picked;
    for (const std::size_t i : members)
        picked.push_back(values[i]);
    return picked;
}

static std::span<const double> of(const Weighing& weighing) {
    return {weighing.weights.begin(), weighing.weights.end()};
}

double Theme::score(std::span<const double> values) const {
    return aggregation.fold_one(pick(values, members), of(weighing));
}

double Decision::score(std::span<const double> values) const {
    std::vector<double> scores;
    for (const Theme& theme : themes)
        scores.push_back(theme.score(values));
    return aggregation.fold_one(scores, of(weighing));
}

double Decision::score(std::span<const double> values, std::span<const double> weights) const {
    std::vector<double> scores, outer;
    for (const Theme& theme : themes) {
        const std::vector<double> inner = pick(weights, theme.members);
        scores.push_back(theme.aggregation.fold_one(pick(values, theme.members), inner));
        outer.push_back(std::accumulate(inner.begin(), inner.end(), 0.0));
    }
    return aggregation.fold_one(scores, outer);
}

// Weights of what is known, rescaled to 1.
static std::vector<double> rescaled(std::span<const double> weights, std::span<const double> values) {
    std::vector<double> result(weights.begin(), weights.end());
    double known = 0;
    for (std::size_t i = 0; i < result.size(); ++i)
        known += std::isnan(values[i]) ? 0 : weights[i];
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = std::isnan(values[i]) || known == 0 ? 0 : weights[i] / known;
    return result;
}

std::vector<double> Decision::parts(std::span<const double> values) const {
    std::vector<double> scores;
    for (const Theme& theme : themes)
        scores.push_back(theme.score(values));
    const std::vector<double> outer = rescaled(of(weighing), scores);
    std::vector<double> result(criteria.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t t = 0; t < themes.size(); ++t) {
        const std::vector<double> inner = rescaled(of(themes[t].weighing), pick(values, themes[t].members));
        for (std::size_t m = 0; m < inner.size(); ++m)
            result[themes[t].members[m]] = outer[t] * inner[m] * values[themes[t].members[m]];
    }
    return result;
}

const layers::MeasureKind& site_field_kind() {
    static const layers::MeasureKind kind{.name = "site field",
                                          .summary = "a field of the sites; enters their ranking, not the map",
                                          .parameters = {{"field", "the sites' field", layers::Type::field},
                                                         {.name = "unit",
                                                          .help = "its unit (default: a plain number)",
                                                          .type = layers::Type::text,
                                                          .optional = true}}};
    return kind;
}

std::vector<MatrixCriterion> matrix_criteria(const Decision& decision) {
    std::vector<MatrixCriterion> criteria;
    for (const Criterion& criterion : decision.criteria)
        criteria.push_back({criterion.name, criterion.matrix_unit()});
    return criteria;
}

} // namespace zonerank::engine
