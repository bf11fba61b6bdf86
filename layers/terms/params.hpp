// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/choice.hpp"
#include "layers/terms/class_range.hpp"
#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zonerank::layers {

/// How a parameter is written, which also decides what Params hands out.
enum class Type {
    number,      ///< 3, 1/3, 1e3
    quantity,    ///< "20 km": checked against the parameter's dimension
    measurement, ///< a quantity in the unit of the measure beside it
    reach,       ///< "45 min", "30 km": a time or a length, above 0
    text,
    flag,       ///< true, false, yes, no
    choice,     ///< one of the parameter's `choices`
    layers,     ///< one layer's name, a list of them, or {role: name}
    field,      ///< the name of a field of the layer
    where,      ///< OGR attribute filter, quoted
    classes,    ///< [10, 50..59, forest, other]
    points,     ///< {0 km: 1, 20 km: 0}, measurement: number
    categories, ///< {10: 1, 50..59: 0.2, other: 0}, classes: number
    measure,    ///< {measure: {kind: {...}}}: a choice made elsewhere
    decay,      ///< {exponential: {half: 30 min}}: another, of the table of decays
    names,      ///< [textiles, leather], or one
    numbers,    ///< [0.5, 0.3, 0.2], or one
    named,      ///< {power: 0 km, slope: 3 %}: a text for each name, which its maker reads
    table,      ///< {textiles: {garments: 0.9, other: 0}}: a mapping of classes to numbers for each name
    each,       ///< 0.1, or {power: 1 km, other: 0.05}: one text for all criteria, or one for each
};

/// A parameter a kind accepts; the row of the table that reading, checking,
/// `zonerank list` and the JSON Schema all come from.
struct Parameter {
    std::string_view name; ///< "*", of the first: the whole body but what the others name
    std::string_view help;
    Type type = Type::text;
    Dimension dimension = Dimension::number; ///< of a quantity
    std::string_view fallback{};             ///< as a study would write it
    bool optional = false;                   ///< may be absent without a fallback
    std::string_view choices{};              ///< "count, quartic, uniform"
    bool positive = false;                   ///< a quantity that must be above 0
};

std::vector<std::string> listed(std::string_view choices); ///< "a, b" apart

using Points = std::vector<std::pair<double, double>>; ///< base units of the measurement, value
using Names = std::vector<std::string>;
using Numbers = std::vector<double>;
using Table = std::vector<std::pair<std::string, Categories>>;       ///< by name
using LayerNames = std::vector<std::pair<std::string, std::string>>; ///< role (may be empty), name
using Each = LayerNames; ///< criterion, text as written; "" for all, "other" for those not named
using Value = std::variant<std::monostate, double, bool, std::string, LayerNames, std::vector<ClassRange>, Points,
                           Categories, Choice, Quantity, Names, Numbers, Table>;

/// The parameters of one choice, checked and completed; quantities are in base
/// units of their dimension (measurements: of the measure's unit).
class Params {
public:
    Params() = default;

    /// Reports everything that is wrong with `body` (unknown, missing or wrongly
    /// typed parameters) to `problems`, each at its place, prefixed with `what`.
    /// `measurement`: the unit of Type::measurement and Type::points.
    Params(const Node& body, std::span<const Parameter> accepted, const Unit& measurement, std::string_view what,
           Problems& problems);

    bool has(std::string_view name) const;
    double number(std::string_view name) const; ///< also quantity, measurement
    bool flag(std::string_view name) const;
    const std::string& text(std::string_view name) const; ///< also choice, where, field; "" when absent
    const LayerNames& layers(std::string_view name) const;
    const std::vector<ClassRange>& classes(std::string_view name) const;
    const Points& points(std::string_view name) const;
    const Categories& categories(std::string_view name) const;
    const Names& names(std::string_view name) const;
    const Numbers& numbers(std::string_view name) const;
    const LayerNames& named(std::string_view name) const; ///< name, text
    const Table& table(std::string_view name) const;
    const Each& each(std::string_view name) const;
    const Choice& choice(std::string_view name) const;
    const Quantity& reach(std::string_view name) const; ///< in minutes or metres

    /// The unit in which the first measurement was written; the measure's own if none was.
    const Unit& shown() const { return m_shown; }
    const std::map<std::string, Value, std::less<>>& all() const { return m_values; }

private:
    std::map<std::string, Value, std::less<>> m_values;
    Unit m_shown;
};

} // namespace zonerank::layers
