// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/figures.hpp"
#include "engine/outputs/manifest.hpp"

#include <nlohmann/json.hpp>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;

namespace {

using Names = std::vector<std::string>;

template <typename Numbers>
Json by_member(const Numbers& numbers, const Names& members) {
    Json json = Json::object();
    std::size_t i = 0;
    for (const double number : numbers)
        if (i < members.size())
            json[members[i++]] = number_json(number);
    return json;
}

Json detail_json(const Detail& detail, const Names& members) {
    if (const auto* number = std::get_if<double>(&detail.value))
        return number_json(*number);
    if (const auto* text = std::get_if<std::string>(&detail.value))
        return *text;
    return by_member(std::get<std::vector<double>>(detail.value), members);
}

Json weighing_json(const Weighing& weighing, const Names& members) {
    Json json{
        {"method", weighing.method}, {"summary", weighing.summary}, {"weights", by_member(weighing.weights, members)}};
    if (weighing.later)
        json["waiting"] = true;
    for (const Detail& detail : weighing.details)
        json["details"][detail.name] = detail_json(detail, members);
    for (std::size_t i = 0; i < weighing.intervals.size() && i < members.size(); ++i)
        json["intervals"][members[i]] = {weighing.intervals[i].first, weighing.intervals[i].second};
    for (const auto& [above, below] : weighing.order)
        json["order"].push_back({members[above], members[below]});
    return json;
}

/// Those that are numbers, words or yes and no, with what a study leaves to their fallbacks.
Json parameters_json(const layers::Params& params) {
    Json all = Json::object();
    for (const auto& [name, value] : params.all())
        if (const auto* number = std::get_if<double>(&value))
            all[name] = *number;
        else if (const auto* flag = std::get_if<bool>(&value))
            all[name] = *flag;
        else if (const auto* text = std::get_if<std::string>(&value))
            all[name] = *text;
    return all;
}

/// With which another function repeats the values elsewhere, in base units.
Json facts_json(const Facts& facts) {
    return {{"min", facts.min}, {"max", facts.max}, {"mean", facts.mean}, {"deviation", facts.deviation}};
}

Json criterion_json(const Criterion& criterion, double map_weight) {
    return {{"theme", criterion.theme},
            {"weight", criterion.weight},
            {"map_weight", map_weight},
            {"missing", missing_text(criterion.missing)},
            {"unit", criterion.unit.name},
            {"measure", criterion.on_map() ? std::string(criterion.measure.kind->name) : "site field"},
            {"parameters", parameters_json(criterion.measure.params)},
            {"value", criterion.value_kind->name},
            {"source", criterion.value_kind->source}};
}

} // namespace

Json manifest_decision(const Model& model) {
    const Decision& decision = model.decision();
    Json themes = Json::object();
    std::vector<std::string> names;
    for (const Theme& theme : decision.themes) {
        std::vector<std::string> members;
        for (const std::size_t i : theme.members)
            members.push_back(decision.criteria[i].name);
        themes[theme.name] = {{"aggregation", theme.aggregation_name},
                              {"aggregation_summary", theme.aggregation.summary},
                              {"weighing", weighing_json(theme.weighing, members)}};
        names.push_back(theme.name);
    }
    Json criteria = Json::object();
    for (std::size_t i = 0; i < decision.criteria.size(); ++i) {
        Json& criterion = criteria[decision.criteria[i].name];
        criterion = criterion_json(decision.criteria[i], model.map_weight(i));
        if (decision.criteria[i].needs_facts())
            criterion["facts"] = facts_json(model.learnt(i));
    }
    return {{"aggregation", decision.aggregation_name},
            {"aggregation_summary", decision.aggregation.summary},
            {"weighing", weighing_json(decision.weighing, names)},
            {"themes", themes},
            {"criteria", criteria}};
}

} // namespace zonerank::engine
