// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/comparable.hpp"

#include "engine/decision/value_function.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Choice;
using layers::Need;

namespace {

template <typename Make>
bool stands_on_facts(std::span<const layers::Kind<Make>> kinds, const Choice& choice) {
    const auto row = std::ranges::find(kinds, choice.kind, &layers::Kind<Make>::name);
    return row != kinds.end() && row->need == Need::facts;
}

bool follows_from_map(const Choice& value) {
    return stands_on_facts(value_functions(), value) && !(value.body.find("mean") && value.body.find("deviation"));
}

bool follow_from_sites(const std::optional<Choice>& weights) {
    return weights && stands_on_facts(weighting_methods(), *weights);
}

std::optional<Incomparable> of_weights(const std::optional<Choice>& weights, const std::string& whose) {
    if (!follow_from_sites(weights))
        return std::nullopt;
    return Incomparable{weights->mark,
                        fmt::format("{}weights: {} follow from the sites of each district", whose, weights->kind)};
}

std::optional<Incomparable> of_theme(const ThemeSpec& theme) {
    for (const CriterionSpec& criterion : theme.criteria)
        if (follows_from_map(criterion.value))
            return Incomparable{criterion.mark, fmt::format("criterion '{}': value: {} follows from the map of each "
                                                            "district",
                                                            criterion.name, criterion.value.kind)};
    return of_weights(theme.weights, fmt::format("theme '{}': ", theme.name));
}

} // namespace

std::optional<Incomparable> incomparable(const Study& study) {
    for (const ThemeSpec& theme : study.themes)
        if (auto found = of_theme(theme))
            return found;
    return of_weights(study.weights, "criteria: ");
}

std::vector<std::string> weighed_by_sites(const Study& study) {
    std::vector<std::string> names;
    for (const ThemeSpec& theme : study.themes)
        if (follow_from_sites(theme.weights))
            names.push_back(theme.name);
    if (follow_from_sites(study.weights))
        names.emplace_back();
    return names;
}

} // namespace zonerank::engine
