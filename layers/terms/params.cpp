// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/params.hpp"

#include "layers/terms/parameter_values.hpp"

#include <algorithm>
#include <optional>

namespace zonerank::layers {

namespace {

std::string label(std::string_view what, std::string_view parameter) {
    return parameter == "*" ? std::string(what) : fmt::format("{}: {}", what, parameter);
}

// What is left of a body for "*": all but what other parameters name.
Node without(const Node& body, std::span<const Parameter> named) {
    Node rest = body;
    std::erase_if(rest.entries, [&](const auto& entry) {
        return std::ranges::any_of(named, [&](const Parameter& p) { return p.name == entry.first; });
    });
    return rest;
}

// What a missing quote after `where:` does to a flow mapping deserves its own words.
std::string unknown_parameter(const Node& body, const std::string& key, std::span<const std::string> known) {
    if (const Node* where = body.find("where"); where && !where->quoted && where->mark.line == body.mark.line)
        return fmt::format(
            "'{}' is not a parameter here; a condition that holds ',' or ': ' must be quoted: where: \"...\"", key);
    return unknown("parameter", key, known);
}

} // namespace

// A slip of a parameter's name beside "*", which would be read as part of that.
static void refuse_slips(Node& rest, std::span<const Parameter> named, std::string_view what, Problems& problems) {
    std::vector<std::string> known;
    for (const Parameter& parameter : named)
        known.emplace_back(parameter.name);
    std::erase_if(rest.entries, [&](const auto& entry) {
        const bool slip = !nearest(entry.first, known).empty();
        if (slip)
            problems.error(entry.second.key_mark,
                           fmt::format("{}: {}", what, unknown("parameter", entry.first, known)));
        return slip;
    });
}

std::vector<std::string> listed(std::string_view choices) {
    std::vector<std::string> result;
    for (std::size_t at = 0; at < choices.size();) {
        const std::size_t end = std::min(choices.find(", ", at), choices.size());
        result.emplace_back(choices.substr(at, end - at));
        at = end + 2;
    }
    return result;
}

Params::Params(const Node& body, std::span<const Parameter> accepted, const Unit& measurement, std::string_view what,
               Problems& problems)
    : m_shown(measurement) {
    std::optional<Unit> shown;
    const bool whole = !accepted.empty() && accepted.front().name == "*";
    Node rest = whole ? without(body, accepted.subspan(1)) : Node{};
    if (whole)
        refuse_slips(rest, accepted.subspan(1), what, problems);
    if (!whole && !body.is_map() && !body.is_null()) {
        problems.error(body.mark,
                       fmt::format("{}: expected a mapping of parameters, found {}", what, body.kind_name()));
        return;
    }
    std::vector<std::string> known;
    for (const Parameter& parameter : accepted)
        known.emplace_back(parameter.name);
    for (const Parameter& parameter : accepted) {
        const Node* given = parameter.name == "*" ? &rest : body.find(parameter.name);
        const Node fallback = parameter.fallback.empty() ? Node{} : scalar(std::string(parameter.fallback), body.mark);
        const bool absent = !given || given->is_null();
        if (absent && parameter.fallback.empty()) {
            if (!parameter.optional && !misspelt(parameter.name, body, known))
                problems.error(body.key_mark.line ? body.key_mark : body.mark,
                               fmt::format("{}: '{}' is missing ({})", what, parameter.name, parameter.help));
            continue;
        }
        const Node& node = absent ? fallback : *given;
        problems.guard(node.mark, label(what, parameter.name), [&] {
            m_values.insert_or_assign(std::string(parameter.name), read_parameter(parameter, node, measurement, shown));
        });
    }
    if (!whole)
        for (const auto& [key, node] : body.entries)
            if (std::ranges::find(known, key) == known.end())
                problems.error(node.key_mark, fmt::format("{}: {}", what, unknown_parameter(body, key, known)));
    m_shown = shown.value_or(measurement);
}

// A parameter that is absent, or of another type than its row says, reads as
// the empty value of what is asked for: the row decides, and it was checked.
template <typename T>
static const T& get(const std::map<std::string, Value, std::less<>>& values, std::string_view name) {
    static const T none{};
    const auto it = values.find(name);
    const T* value = it == values.end() ? nullptr : std::get_if<T>(&it->second);
    return value ? *value : none;
}

bool Params::has(std::string_view name) const {
    return m_values.find(name) != m_values.end();
}
double Params::number(std::string_view name) const {
    return get<double>(m_values, name);
}
bool Params::flag(std::string_view name) const {
    return get<bool>(m_values, name);
}
const std::string& Params::text(std::string_view name) const {
    return get<std::string>(m_values, name);
}
const LayerNames& Params::layers(std::string_view name) const {
    return get<LayerNames>(m_values, name);
}
const std::vector<ClassRange>& Params::classes(std::string_view name) const {
    return get<std::vector<ClassRange>>(m_values, name);
}
const Points& Params::points(std::string_view name) const {
    return get<Points>(m_values, name);
}
const Categories& Params::categories(std::string_view name) const {
    return get<Categories>(m_values, name);
}
const Names& Params::names(std::string_view name) const {
    return get<Names>(m_values, name);
}
const Numbers& Params::numbers(std::string_view name) const {
    return get<Numbers>(m_values, name);
}
const LayerNames& Params::named(std::string_view name) const {
    return get<LayerNames>(m_values, name);
}
const Table& Params::table(std::string_view name) const {
    return get<Table>(m_values, name);
}
const Each& Params::each(std::string_view name) const {
    return get<Each>(m_values, name);
}
const Choice& Params::choice(std::string_view name) const {
    return get<Choice>(m_values, name);
}
const Quantity& Params::reach(std::string_view name) const {
    return get<Quantity>(m_values, name);
}

} // namespace zonerank::layers
