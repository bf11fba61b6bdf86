// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// What a unit measures. Units of one dimension convert into each other.
enum class Dimension {
    number,         ///< no unit: counts, indices, classes
    length,         ///< base m
    time,           ///< base min
    speed,          ///< base km/h
    pace,           ///< base min/km
    area,           ///< base ha
    percent,        ///< base %
    slope,          ///< base %, rise over run; accepts degrees
    angle,          ///< base degree
    people,         ///< base people
    people_density, ///< base people/km²
    point_density,  ///< base 1/km²
    line_density,   ///< base km/km²
    other,          ///< the user's own ("PKR/acre"): must match itself exactly
};

/// A unit as it is written. Value type; `name` is what people read, `suffix`
/// what goes into a column's name.
struct Unit {
    std::string name;   ///< "km", "%", "people/km²"; empty for a plain number
    std::string suffix; ///< "km", "percent", "people_per_km2"; empty for a plain number
    Dimension dimension = Dimension::number;
    double factor = 1; ///< how many base units one of these is

    friend bool operator==(const Unit&, const Unit&) = default;
};

/// The unit of that name ("km", "km2" = "km²", "deg" = "°"); an unknown name is
/// a unit of its own (Dimension::other).
Unit unit_called(std::string_view name);

/// The unit in which measurements of that dimension are computed.
Unit base_unit(Dimension dimension);

/// All named units of the dimension, for messages: "m, km, cm".
std::string units_of(Dimension dimension);

/// A number as a study writes it: "20 km", "1/3", "1e3", "15 %", "8.5°", "50,000"
/// is refused. Value in the unit written.
struct Quantity {
    double value = 0;
    Unit unit; ///< Dimension::number when none was written
};

/// Throws Error: "expected a number with a unit, found 'abc'".
Quantity parse_quantity(std::string_view text);

/// In base units of `target`'s dimension. Throws Error when the units do not
/// fit: "expected a length (m, km, cm), found '20 min'"; "... needs a unit".
/// A bare 0 is accepted for every dimension.
double convert(const Quantity& quantity, const Unit& target);

/// From base units to the number shown in `unit` (the inverse of convert).
double shown_in(const Unit& unit, double base);

/// "length", "time" ... as messages name it.
std::string_view name_of(Dimension dimension);

} // namespace zonerank::layers
