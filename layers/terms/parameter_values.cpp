// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/parameter_values.hpp"

#include <algorithm>

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

/// In the measurement's unit; `shown`: the unit in which the first one was written.
double measured(std::string_view text, const Unit& measurement, std::optional<Unit>& shown) {
    const Quantity quantity = parse_quantity(text);
    const double base = convert(quantity, measurement);
    // Degrees of slope are accepted, but shown as the percent they mean.
    const bool linear = quantity.unit.dimension == measurement.dimension;
    if (!shown && linear && quantity.unit.dimension != Dimension::number)
        shown = quantity.unit;
    return base;
}

Points read_points(const Node& node, const Unit& measurement, std::optional<Unit>& shown) {
    if (!node.is_map() || node.entries.empty())
        expected("a mapping of measurements to values such as {0 km: 1, 20 km: 0}", node);
    Points result;
    for (const auto& [key, item] : node.entries)
        result.emplace_back(measured(key, measurement, shown), plain(text_of(item, "a value at '" + key + "'")));
    return result;
}

} // namespace

Value read_parameter(const Parameter& parameter, const Node& node, const Unit& measurement,
                     std::optional<Unit>& shown) {
    switch (parameter.type) {
    case Type::number:
        return plain(text_of(node, "a number"));
    case Type::quantity:
        return read_quantity(parameter, node);
    case Type::measurement:
        return measured(text_of(node, "a number with a unit"), measurement, shown);
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
        return read_points(node, measurement, shown);
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

} // namespace zonerank::layers
