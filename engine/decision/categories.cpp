// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/lifted.hpp"
#include "engine/decision/properties.hpp"
#include "engine/decision/value_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

using layers::Params;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

void refuse_overlaps(const layers::Categories& categories) {
    for (std::size_t i = 0; i < categories.size(); ++i)
        for (std::size_t k = i + 1; k < categories.size(); ++k) {
            const auto& a = categories[i].first;
            const auto& b = categories[k].first;
            const bool named = a.other || b.other || !a.text.empty() || !b.text.empty();
            const bool same = a.other == b.other && a.text == b.text;
            if (named ? same : a.from <= b.to && b.from <= a.to)
                throw Error("classes {} and {} overlap", to_string(a), to_string(b));
        }
}

// A name that is not among the classes is a slip when it is near one that the
// study does not name; otherwise the class just does not occur in these data.
void refuse_slips(const layers::Categories& categories, const std::vector<std::string>& classes) {
    for (const auto& [range, value] : categories) {
        if (range.text.empty() || std::ranges::find(classes, range.text) != classes.end())
            continue;
        if (classes.empty())
            throw Error("class '{}': the classes of this measure are numbers, without names", range.text);
        const std::string near = layers::nearest(range.text, classes);
        const auto is_near = [&](const auto& category) { return category.first.text == near; };
        if (!near.empty() && std::ranges::none_of(categories, is_near))
            throw Error("{}", layers::unknown("class", range.text, classes));
    }
}

double value_of(const layers::Categories& categories, double code, std::string_view name = {}) {
    double rest = unknown;
    for (const auto& [range, value] : categories) {
        if (range.other)
            rest = value;
        else if (range.text.empty() ? range.holds(code) : range.text == name)
            return value;
    }
    return rest;
}

// By code. A class whose name is a number ("10" in a field of a polygon layer)
// is meant by that number, not by its place in the list.
std::vector<double> values_of(const layers::Categories& categories, const std::vector<std::string>& classes) {
    std::vector<double> values;
    for (const std::string& name : classes) {
        const auto place = static_cast<double>(values.size());
        values.push_back(value_of(categories, layers::code_named(name).value_or(place), name));
    }
    return values;
}

ValueFunction categories(const Params& p, const Measured& measured) {
    const layers::Categories& given = p.categories("*");
    for (const auto& [range, value] : given)
        checked_value("class " + to_string(range), value);
    refuse_overlaps(given);
    if (measured.opened)
        refuse_slips(given, measured.classes);
    return each([given, named = values_of(given, measured.classes)](double code) {
        const bool has_name = code >= 0 && code < static_cast<double>(named.size()) && code == std::floor(code);
        return has_name ? named[static_cast<std::size_t>(code)] : value_of(given, code);
    });
}

} // namespace

std::vector<ValueKind> category_rows() {
    return {{"categories",
             "a value for each class; a class without one is unknown",
             {{"*", "class, range of classes or other: value", layers::Type::categories}},
             categories,
             "direct rating, von Winterfeldt and Edwards 1986",
             layers::Need::none,
             {property::bounded}}};
}

} // namespace zonerank::engine
