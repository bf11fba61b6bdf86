// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"

#include "engine/decision/aggregation.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_function.hpp"
#include "engine/decision/value_plot.hpp"
#include "engine/methods/ranking_methods.hpp"
#include "engine/study/constraint.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/links.hpp"
#include "engine/study/packing.hpp"
#include "engine/study/stability.hpp"
#include "engine/text/text_table.hpp"
#include "engine/weights/weights.hpp"
#include "layers/catalogue.hpp"
#include "layers/terms/decay.hpp"

#include <nlohmann/json.hpp>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
using layers::Parameter;
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

std::string_view type_text(Type type) {
    switch (type) {
    case Type::number:
        return "number";
    case Type::quantity:
        return "quantity";
    case Type::measurement:
        return "measurement";
    case Type::text:
        return "text";
    case Type::flag:
        return "true or false";
    case Type::choice:
        return "choice";
    case Type::layers:
        return "layers";
    case Type::field:
        return "field";
    case Type::where:
        return "condition";
    case Type::classes:
        return "classes";
    case Type::points:
        return "measurement: value ...";
    case Type::categories:
        return "class: value ...";
    case Type::measure:
        return "measure";
    case Type::reach:
        return "time or length";
    case Type::decay:
        return "decay";
    case Type::names:
        return "names";
    case Type::numbers:
        return "numbers";
    case Type::named:
        return "name: measurement ...";
    case Type::table:
        return "name: {class: number ...} ...";
    case Type::each:
        return "one, or {criterion: one ..., other: one}";
    }
    return "";
}

std::string accepts(const Parameter& parameter) {
    if (parameter.type == Type::choice)
        return std::string(parameter.choices);
    if (parameter.type == Type::quantity)
        return fmt::format("{} ({})", layers::name_of(parameter.dimension), layers::units_of(parameter.dimension));
    return std::string(type_text(parameter.type));
}

std::string otherwise(const Parameter& parameter) {
    return !parameter.fallback.empty() ? std::string(parameter.fallback) : parameter.optional ? "optional" : "required";
}

std::string parameter_name(const Parameter& parameter) {
    return parameter.name == "*" ? "{...}" : std::string(parameter.name);
}

std::string cell_text(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != text.npos; at += 2)
        text.insert(at, 1, '\\');
    return text;
}

std::string properties_text(const ReferenceTable& table, const ReferenceEntry& entry) {
    return property::in_words(entry.properties, property::words_of(table.name));
}

Json properties_json(const ReferenceTable& table, const ReferenceEntry& entry, bool kept) {
    Json all = Json::object();
    for (const property::Words& words : property::words_of(table.name))
        if (property::states(entry.properties, words.name) == kept)
            all[std::string(words.name)] = kept ? words.kept : words.lacked;
    return all;
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

static std::string overview(const ReferenceTable& table, int width) {
    std::vector<std::vector<std::string>> rows{{"name", "what it is"}};
    for (const ReferenceEntry& entry : table.entries)
        rows.push_back(
            {entry.name, entry.summary + property::lacked_in_short(entry.properties, property::words_of(table.name))});
    return aligned(rows, "  ", width);
}

static std::string indented(const std::string& lines) {
    std::string text;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size() - 1) + 1;
        text += "    " + lines.substr(at, end - at);
        at = end;
    }
    return text;
}

static std::string in_detail(const ReferenceTable& table, const ReferenceEntry& entry, int width, Plots plots) {
    std::string text = fmt::format("\n  {}\n", entry.name);
    const auto add = [&](const std::string& paragraph) {
        for (const std::string& line : wrapped(paragraph, width - 4))
            text += line.empty() ? "" : fmt::format("    {}\n", line);
    };
    add(entry.summary);
    add(entry.details);
    add(properties_text(table, entry));
    add(entry.source.empty() ? "" : fmt::format("Source: {}", entry.source));
    if (plots != Plots::none)
        text += indented(plots == Plots::unicode ? entry.plot : entry.ascii_plot);
    std::vector<std::vector<std::string>> rows{{"parameter", "accepts", "default", "meaning"}};
    for (const Parameter& p : entry.parameters)
        rows.push_back({parameter_name(p), accepts(p), otherwise(p), std::string(p.help)});
    return rows.size() > 1 ? text + aligned(rows, "    ", width) : text;
}

std::string reference_text(const std::vector<ReferenceTable>& tables, bool details, int width, Plots plots) {
    std::string text;
    for (const ReferenceTable& table : tables) {
        text += fmt::format("{}{}: {}\n", text.empty() ? "" : "\n", table.name, table.what);
        const bool in_full = details || plots != Plots::none;
        if (!in_full)
            text += overview(table, width);
        for (std::size_t i = 0; in_full && i < table.entries.size(); ++i)
            text += in_detail(table, table.entries[i], width, plots);
    }
    return text;
}

std::string reference_markdown(const std::vector<ReferenceTable>& tables) {
    std::string text;
    for (const ReferenceTable& table : tables) {
        text += fmt::format("{}## {}\n\n{}.\n", text.empty() ? "" : "\n", table.name, table.what);
        for (const ReferenceEntry& entry : table.entries) {
            text += fmt::format("\n### {}\n\n{}.{}{}{}\n", entry.name, entry.summary,
                                entry.details.empty() ? "" : fmt::format(" {}.", entry.details),
                                entry.source.empty() ? "" : fmt::format(" Source: {}.", entry.source),
                                entry.need.empty() ? "" : fmt::format(" Needs: {}.", entry.need));
            const std::string properties = properties_text(table, entry);
            text += properties.empty() ? "" : fmt::format("\n{}\n", properties);
            if (!entry.plot.empty())
                text += fmt::format("\n```text\n{}```\n", entry.plot);
            if (!entry.parameters.empty())
                text += "\n| parameter | accepts | default | meaning |\n|--|--|--|--|\n";
            for (const Parameter& p : entry.parameters)
                text += fmt::format("| `{}` | {} | {} | {} |\n", parameter_name(p), cell_text(accepts(p)), otherwise(p),
                                    cell_text(std::string(p.help)));
        }
    }
    return text;
}

std::string reference_json(const std::vector<ReferenceTable>& tables) {
    Json root = Json::object();
    for (const ReferenceTable& table : tables) {
        Json& entries = root[table.name] = Json::array();
        for (const ReferenceEntry& entry : table.entries) {
            Json parameters = Json::array();
            for (const Parameter& p : entry.parameters)
                parameters.push_back({{"name", p.name},
                                      {"accepts", accepts(p)},
                                      {"default", p.fallback},
                                      {"required", p.fallback.empty() && !p.optional},
                                      {"help", p.help}});
            entries.push_back({{"name", entry.name},
                               {"summary", entry.summary},
                               {"details", entry.details},
                               {"source", entry.source},
                               {"needs", entry.need},
                               {"keeps", properties_json(table, entry, true)},
                               {"lacks", properties_json(table, entry, false)},
                               {"parameters", parameters}});
        }
    }
    return root.dump(2) + "\n";
}

} // namespace zonerank::engine
