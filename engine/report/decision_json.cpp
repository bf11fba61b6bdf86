// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/report/curve.hpp"
#include "engine/report/json_parts.hpp"

#include <cmath>

namespace zonerank::engine {

namespace {

/// JSON has no infinity, which a curve's exponent or the p of a distance may be.
Json finite_json(double number) {
    return std::isinf(number) ? Json("inf") : number_json(number);
}

Json parameter_json(const AggregationNumber& number) {
    if (const auto* one = std::get_if<double>(&number.value))
        return finite_json(*one);
    if (const auto* word = std::get_if<std::string>(&number.value))
        return *word;
    Json list = Json::array();
    for (const double x : std::get<std::vector<double>>(number.value))
        list.push_back(finite_json(x));
    return list;
}

Json aggregation_json(const std::string& name, const Aggregation& aggregation) {
    Json parameters = Json::object();
    for (const AggregationNumber& number : aggregation.numbers)
        parameters[number.name] = parameter_json(number);
    const AggregationKind& kind = layers::find(aggregations(), "aggregation", name);
    return {{"kind", name},
            {"summary", aggregation.summary.empty() ? name : aggregation.summary},
            {"help", kind.summary},
            {"source", kind.source},
            {"parameters", std::move(parameters)},
            {"additive", aggregation.additive},
            {"gaps", aggregation.allows_gaps},
            {"movable", aggregation.by_weight}};
}

Json theme_json(const Theme& theme, double weight) {
    return {{"name", theme.name},
            {"label", theme.label},
            {"weight", weight},
            {"members", theme.members},
            {"aggregation", aggregation_json(theme.aggregation_name, theme.aggregation)},
            {"weighing", theme.weighing.summary}};
}

/// What its sites measure, base units.
std::vector<double> measured(const Ranking& ranking, std::size_t criterion) {
    std::vector<double> measurements;
    for (const SiteRow& row : ranking.rows)
        measurements.push_back(row.entries[criterion].measurement);
    return measurements;
}

Json curve_json(const Results& results, std::size_t i) {
    const layers::Unit unit = results.prepared.decision.criteria[i].matrix_unit();
    Json curve = Json::array();
    for (const auto& [x, value] : value_curve(*results.prepared.model, i, measured(results.ranking, i)))
        curve.push_back({layers::shown_in(unit, x), number_json(value)});
    return curve;
}

Json classes_json(const Results& results, std::size_t i) {
    Json classes = Json::array();
    for (const auto& [name, value] : class_values(*results.prepared.model, i, measured(results.ranking, i)))
        classes.push_back({{"name", name}, {"value", number_json(value)}});
    return classes;
}

/// A criterion's place: its theme, and its share within it.
struct Place {
    std::size_t theme = 0;
    double share = 0;
};

std::vector<Place> places_of(const Decision& decision) {
    std::vector<Place> places(decision.criteria.size());
    for (std::size_t t = 0; t < decision.themes.size(); ++t)
        for (std::size_t m = 0; m < decision.themes[t].members.size(); ++m)
            places[decision.themes[t].members[m]] = {t, decision.themes[t].weighing.weights[m]};
    return places;
}

Json ground_of(const Results& results, const std::vector<std::int64_t> CellCounts::*cells, std::size_t i,
               double hectares_each) {
    if (!results.counts || !results.prepared.decision.criteria[i].on_map())
        return nullptr;
    const auto count = static_cast<double>((results.counts->*cells)[i]);
    return count * hectares_each / 100;
}

/// As the study writes it: a word, or a value as a number.
Json missing_json(const Missing& missing) {
    return missing.policy == Missing::Policy::value ? Json(missing.value) : Json(missing_text(missing));
}

Json criterion_json(const Results& results, const CriterionSpec& spec, std::size_t i, const Place& place,
                    double hectares_each) {
    const Model& model = *results.prepared.model;
    const Criterion& c = results.prepared.decision.criteria[i];
    Json json{{"name", c.name},
              {"label", c.label},
              {"theme", place.theme},
              {"weight", c.weight},
              {"share", place.share},
              {"unit", c.matrix_unit().name},
              {"on_map", c.on_map()},
              {"map_weight", model.map_weight(i)},
              {"measure", choice_text(spec.measure)},
              {"value", choice_text(spec.value)},
              {"value_source", c.value_kind->source},
              {"missing", missing_json(c.missing)},
              {"source", spec.catalogue},
              {"limit", c.limit() ? number_json(layers::shown_in(c.matrix_unit(), *c.limit())) : Json()},
              {"no_data_km2", ground_of(results, &CellCounts::no_data, i, hectares_each)},
              {"unknown_alone_km2", ground_of(results, &CellCounts::unknown_alone, i, hectares_each)}};
    if (goes_by_classes(c))
        json["classes"] = classes_json(results, i);
    else
        json["curve"] = curve_json(results, i);
    return json;
}

} // namespace

Json decision_json(const Results& results) {
    const Prepared& p = results.prepared;
    Json themes = Json::array(), criteria = Json::array();
    for (std::size_t t = 0; t < p.decision.themes.size(); ++t)
        themes.push_back(theme_json(p.decision.themes[t], p.decision.weighing.weights[t]));
    const std::vector<Place> places = places_of(p.decision);
    const double hectares = hectares_per_cell(p.territory);
    for (const ThemeSpec& theme : p.study.themes)
        for (const CriterionSpec& spec : theme.criteria) {
            const std::size_t i = criteria.size();
            criteria.push_back(criterion_json(results, spec, i, places[i], hectares));
        }
    return {{"aggregation", aggregation_json(p.decision.aggregation_name, p.decision.aggregation)},
            {"weighing", p.decision.weighing.summary},
            {"themes", std::move(themes)},
            {"criteria", std::move(criteria)},
            {"known", p.decision.known},
            {"contributions", p.decision.additive()}};
}

} // namespace zonerank::engine
