// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/params.hpp"

#include <algorithm>
#include <optional>

namespace zonerank::layers {

namespace {

[[noreturn]] void expected(std::string_view what, const Node& node) {
    throw Error("expected {}, found {}", what,
                node.is_scalar() ? "'" + node.text + "'" : std::string(node.kind_name()));
}

const std::string& text_of(const Node& node, std::string_view what) {
    if (!node.is_scalar() || node.text.empty())
        expected(what, node);
    return node.text;
}

double plain(std::string_view text) {
    const Quantity quantity = parse_quantity(text);
    return convert(quantity, base_unit(Dimension::number));
}

bool read_flag(const Node& node) {
    const std::string& text = text_of(node, "true or false");
    if (text == "true" || text == "yes")
        return true;
    if (text == "false" || text == "no")
        return false;
    expected("true or false", node);
}

std::string read_one_of(const Node& node, std::string_view choices) {
    const std::vector<std::string> known = listed(choices);
    const std::string& text = text_of(node, "one of " + std::string(choices));
    if (std::ranges::find(known, text) == known.end())
        throw Error("{}", unknown("choice", text, known));
    return text;
}

/// One, or all of a list.
Names texts_of(const Node& node, std::string_view what) {
    Names texts;
    if (node.is_scalar())
        texts.push_back(text_of(node, what));
    for (const Node& item : node.items)
        texts.push_back(text_of(item, what));
    return texts;
}

LayerNames read_layers(const Node& node) {
    LayerNames names;
    for (const std::string& name : texts_of(node, "a layer's name"))
        names.emplace_back("", name);
    for (const auto& [role, item] : node.entries)
        names.emplace_back(role, text_of(item, "a layer's name"));
    if (names.empty())
        expected("a layer's name or a list of names", node);
    return names;
}

std::vector<ClassRange> read_classes(const Node& node) {
    std::vector<ClassRange> classes;
    for (const std::string& text : texts_of(node, "a class"))
        classes.push_back(parse_class(text));
    if (classes.empty())
        expected("a list of classes such as [10, 50..59]", node);
    return classes;
}

Categories read_categories(const Node& node) {
    if (!node.is_map() || node.entries.empty())
        expected("a mapping of classes to values such as {10: 1, 50..59: 0.2, other: 0}", node);
    Categories result;
    for (const auto& [key, item] : node.entries)
        result.emplace_back(parse_class(key), plain(text_of(item, "a value for class '" + key + "'")));
    return result;
}

Names read_names(const Node& node) {
    const Names names = texts_of(node, "a name");
    if (names.empty())
        expected("a list of names", node);
    return names;
}

Numbers read_numbers(const Node& node) {
    Numbers numbers;
    for (const std::string& text : texts_of(node, "a number"))
        numbers.push_back(plain(text));
    if (numbers.empty())
        expected("a list of numbers such as [0.5, 0.3, 0.2]", node);
    return numbers;
}

LayerNames read_named(const Node& node) {
    if (!node.is_map() || node.entries.empty())
        expected("a mapping of names to measurements such as {power: 0 km}", node);
    LayerNames named;
    for (const auto& [name, item] : node.entries)
        named.emplace_back(name, text_of(item, "a measurement for '" + name + "'"));
    return named;
}

Table read_table(const Node& node) {
    if (!node.is_map() || node.entries.empty())
        expected("names with a mapping of classes to numbers each, such as {textiles: {garments: 0.9, other: 0}}",
                 node);
    Table table;
    for (const auto& [name, row] : node.entries)
        table.emplace_back(name, in_context(name, [&r = row] { return read_categories(r); }));
    return table;
}

Each read_each(const Node& node) {
    if (!node.is_map())
        return {{"", text_of(node, "one value, or one for each criterion such as {power: 1 km, other: 0}")}};
    Each each;
    for (const auto& [name, item] : node.entries)
        each.emplace_back(name, text_of(item, "a value for '" + name + "'"));
    return each;
}

double read_quantity(const Parameter& parameter, const Node& node) {
    const std::string& text = text_of(node, "a number with a unit");
    const double value = convert(parse_quantity(text), base_unit(parameter.dimension));
    if (parameter.positive && !(value > 0))
        throw Error("it must be above 0, found '{}'", excerpt(text));
    return value;
}

Quantity read_reach(const Node& node) {
    const std::string& text = text_of(node, "a time or a length");
    const Quantity quantity = parse_quantity(text);
    const Dimension dimension = quantity.unit.dimension;
    if (dimension != Dimension::time && dimension != Dimension::length)
        throw Error("expected a time ({}) or a length ({}), found '{}'", units_of(Dimension::time),
                    units_of(Dimension::length), excerpt(text));
    if (!(quantity.value > 0))
        throw Error("it must be above 0, found '{}'", excerpt(text));
    return {convert(quantity, base_unit(dimension)), base_unit(dimension)};
}

struct Reader {
    const Unit& measurement;
    std::optional<Unit>& shown;

    double measured(std::string_view text) const {
        const Quantity quantity = parse_quantity(text);
        const double base = convert(quantity, measurement);
        // Degrees of slope are accepted, but shown as the percent they mean.
        const bool linear = quantity.unit.dimension == measurement.dimension;
        if (!shown && linear && quantity.unit.dimension != Dimension::number)
            shown = quantity.unit;
        return base;
    }

    Points points(const Node& node) const {
        if (!node.is_map() || node.entries.empty())
            expected("a mapping of measurements to values such as {0 km: 1, 20 km: 0}", node);
        Points result;
        for (const auto& [key, item] : node.entries)
            result.emplace_back(measured(key), plain(text_of(item, "a value at '" + key + "'")));
        return result;
    }

    Value read(const Parameter& parameter, const Node& node) const {
        switch (parameter.type) {
        case Type::number:
            return plain(text_of(node, "a number"));
        case Type::quantity:
            return read_quantity(parameter, node);
        case Type::measurement:
            return measured(text_of(node, "a number with a unit"));
        case Type::text:
            return text_of(node, "a text");
        case Type::flag:
            return read_flag(node);
        case Type::choice:
            return read_one_of(node, parameter.choices);
        case Type::layers:
            return read_layers(node);
        case Type::field:
            return text_of(node, "a field's name");
        case Type::where:
            return text_of(node, "a condition in quotes");
        case Type::classes:
            return read_classes(node);
        case Type::points:
            return points(node);
        case Type::categories:
            return read_categories(node);
        case Type::measure:
        case Type::decay:
            return parse_choice(node);
        case Type::reach:
            return read_reach(node);
        case Type::names:
            return read_names(node);
        case Type::numbers:
            return read_numbers(node);
        case Type::named:
            return read_named(node);
        case Type::table:
            return read_table(node);
        case Type::each:
            return read_each(node);
        }
        return {};
    }
};

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
    const Reader reader{measurement, shown};
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
        problems.guard(node.mark, label(what, parameter.name),
                       [&] { m_values.insert_or_assign(std::string(parameter.name), reader.read(parameter, node)); });
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
