// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"
#include "engine/reference.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
using layers::Parameter;
using layers::Type;

namespace {

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
        text += fmt::format("{}## {}\n\n{}.\n", text.empty() ? "" : "\n", table.name, capitalised(table.what));
        for (const ReferenceEntry& entry : table.entries) {
            text += fmt::format("\n### {}\n\n{}.{}{}{}\n", entry.name, capitalised(entry.summary),
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
