// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"

#include "engine/decision/aggregation.hpp"
#include "engine/decision/value_function.hpp"
#include "engine/decision/value_plot.hpp"
#include "engine/methods/ranking_methods.hpp"
#include "engine/study/constraint.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/links.hpp"
#include "engine/study/packing.hpp"
#include "engine/study/stability.hpp"
#include "engine/weights/weights.hpp"
#include "layers/catalogue.hpp"
#include "layers/terms/decay.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

using layers::Type;

namespace {

std::string_view need_text(layers::Need need) {
    switch (need) {
    case layers::Need::none:
        return "";
    case layers::Need::halo:
        return "halo";
    case layers::Need::facts:
        return "facts";
    case layers::Need::field:
        return "field";
    }
    return "";
}

template <typename Make>
ReferenceEntry entry(const layers::Kind<Make>& kind) {
    return {.name = std::string(kind.name),
            .summary = std::string(kind.summary),
            .source = std::string(kind.source),
            .parameters = kind.parameters,
            .need = std::string(need_text(kind.need)),
            .properties = {kind.properties.begin(), kind.properties.end()}};
}

template <typename Make>
ReferenceTable table(std::string name, std::string what, std::span<const layers::Kind<Make>> kinds) {
    ReferenceTable result{std::move(name), std::move(what), {}};
    for (const auto& kind : kinds)
        result.entries.push_back(entry(kind));
    return result;
}

ReferenceTable values_table() {
    ReferenceTable values = table("values", "how a measurement becomes a value from 0 to 1", value_functions());
    for (ReferenceEntry& entry : values.entries) {
        entry.plot = typical_plot(entry.name, true);
        entry.ascii_plot = typical_plot(entry.name, false);
    }
    return values;
}

std::string catalogue_details(const layers::CatalogueEntry& ready) {
    std::string inputs;
    for (const layers::CatalogueInput& input : ready.inputs)
        inputs += fmt::format("{}{} ({})", inputs.empty() ? "" : "; ", input.role, input.help);
    return fmt::format("Layers: {}. Measure: {}. Value: {}. Why: {}", inputs, ready.measure, ready.value, ready.why);
}

ReferenceTable catalogue_table() {
    ReferenceTable result{"criteria", "ready criteria, by theme: `power: {use: grid connection, of: substations}`", {}};
    for (const layers::CatalogueEntry& ready : layers::catalogue())
        result.entries.push_back({.name = std::string(ready.name),
                                  .summary = fmt::format("{}: {}", ready.theme, ready.label),
                                  .source = std::string(ready.source),
                                  .details = catalogue_details(ready)});
    return result;
}

/// The sections of a study, each with its keys.
ReferenceTable keys_table() {
    ReferenceTable result{"keys", "what a study's sections may say", {}};
    const auto summary_of = [](const std::string& section) -> std::string {
        for (const std::string& name : {section + "s", section}) // `layers` holds some of section `layer`
            if (const auto key = std::ranges::find(study_keys(), name, &Key::name); key != study_keys().end())
                return std::string(key->help);
        return "one of the study's themes, or of their criteria";
    };
    for (const Key& key : study_keys()) {
        const std::string section = key.where.empty() ? "study" : std::string(key.where);
        if (result.entries.empty() || result.entries.back().name != section)
            result.entries.push_back({.name = section, .summary = summary_of(section)});
        result.entries.back().parameters.push_back({.name = key.name,
                                                    .help = key.help,
                                                    .type = Type::choice,
                                                    .optional = !key.required,
                                                    .choices = key.choices});
    }
    return result;
}

} // namespace

std::vector<ReferenceTable> reference() {
    ReferenceTable measured = table("measures", "what is measured at each cell", layers::measures());
    measured.entries.push_back(entry(site_field_kind()));
    return {measured,
            table("decays", "how much a weight counts that is farther away", layers::decays()),
            values_table(),
            table("weights", "how much each criterion or theme counts", weighting_methods()),
            table("aggregations", "how values and weights become a score", aggregations()),
            table("methods", "how `compare` ranks the sites by their decision matrix", ranking_methods()),
            table("constraints", "what rules cells out", constraints()),
            table("weight spaces", "which weights `stability` tries", weight_spaces()),
            table("uncertainties", "how far a criterion's measurements may be from the truth", uncertainties()),
            table("networks", "which places `links` joins", networks()),
            table("compressions", "how maps are made smaller", packings()),
            keys_table(),
            catalogue_table()};
}

} // namespace zonerank::engine
