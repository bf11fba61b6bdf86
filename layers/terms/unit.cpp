// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/unit.hpp"

#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace zonerank::layers {

namespace {

struct Row {
    std::string_view name, suffix;
    Dimension dimension;
    double factor;
    std::string_view also = ""; ///< another spelling
};

// The first row of a dimension is its base unit.
constexpr std::array table{
    Row{"", "", Dimension::number, 1},
    Row{"m", "m", Dimension::length, 1},
    Row{"km", "km", Dimension::length, 1000},
    Row{"cm", "cm", Dimension::length, 0.01},
    Row{"min", "min", Dimension::time, 1},
    Row{"h", "h", Dimension::time, 60},
    Row{"s", "s", Dimension::time, 1.0 / 60},
    Row{"km/h", "kmh", Dimension::speed, 1, "kmh"},
    Row{"m/s", "mps", Dimension::speed, 3.6},
    Row{"min/km", "min_per_km", Dimension::pace, 1},
    Row{"min/m", "min_per_m", Dimension::pace, 1000},
    Row{"s/m", "s_per_m", Dimension::pace, 1000.0 / 60},
    Row{"ha", "ha", Dimension::area, 1},
    Row{"km²", "km2", Dimension::area, 100, "km2"},
    Row{"m²", "m2", Dimension::area, 0.0001, "m2"},
    Row{"acre", "acres", Dimension::area, 0.40468564224, "acres"},
    Row{"%", "percent", Dimension::percent, 1, "percent"},
    Row{"°", "deg", Dimension::angle, 1, "deg"},
    Row{"people", "people", Dimension::people, 1},
    Row{"people/km²", "people_per_km2", Dimension::people_density, 1, "people/km2"},
    Row{"people/ha", "people_per_ha", Dimension::people_density, 100},
    Row{"1/km²", "per_km2", Dimension::point_density, 1, "1/km2"},
    Row{"km/km²", "km_per_km2", Dimension::line_density, 1, "km/km2"},
};

std::string suffix_of(std::string_view name) {
    std::string suffix;
    for (const char c : name)
        suffix += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return suffix;
}

Unit from(const Row& row) {
    return {std::string(row.name), std::string(row.suffix), row.dimension, row.factor};
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The number at the front of the text, which is cut off it.
std::optional<double> take_number(std::string_view& text) {
    double value = 0;
    const char* begin = text.data();
    const char* end = begin + text.size();
    if (end - begin > 1 && *begin == '+' && begin[1] != '-')
        ++begin;
    const auto [rest, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || !std::isfinite(value))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return value;
}

} // namespace

// Text behind a number that goes on like one: "50,000", "1.2.3", "5 1/3". The
// unit "1/km²" does not.
static bool goes_on(std::string_view text) {
    if (text.starts_with("1/") && text.size() > 2 && std::isalpha(static_cast<unsigned char>(text[2])))
        return false;
    return !text.empty() &&
           (text.front() == ',' || text.front() == '.' || std::isdigit(static_cast<unsigned char>(text.front())));
}

Unit unit_called(std::string_view name) {
    for (const Row& row : table)
        if (row.name == name || (!row.also.empty() && row.also == name))
            return from(row);
    return {std::string(name), suffix_of(name), Dimension::other, 1};
}

Unit base_unit(Dimension dimension) {
    if (dimension == Dimension::slope)
        return {"%", "percent", Dimension::slope, 1};
    for (const Row& row : table)
        if (row.dimension == dimension)
            return from(row);
    return {};
}

std::string units_of(Dimension dimension) {
    if (dimension == Dimension::slope)
        return "%, °";
    std::string names;
    for (const Row& row : table)
        if (row.dimension == dimension && !row.name.empty())
            names += (names.empty() ? "" : ", ") + std::string(row.name);
    return names;
}

Quantity parse_quantity(std::string_view text) {
    std::string_view rest = trimmed(text);
    const auto number = take_number(rest);
    if (!number)
        throw Error("expected a number, found '{}'", excerpt(text));
    Quantity quantity{*number, {}};
    if (rest.starts_with('/') && rest.size() > 1 && std::isdigit(static_cast<unsigned char>(rest[1]))) {
        rest.remove_prefix(1);
        const auto divisor = take_number(rest);
        if (!divisor || *divisor == 0)
            throw Error("expected a number, found '{}'", excerpt(text));
        quantity.value /= *divisor;
    }
    const std::string_view unit = trimmed(rest);
    if (goes_on(unit))
        throw Error("expected a number, found '{}' (write 50000, without a thousands separator)", excerpt(text));
    quantity.unit = unit_called(unit);
    return quantity;
}

std::string_view name_of(Dimension dimension) {
    switch (dimension) {
    case Dimension::number:
        return "plain number";
    case Dimension::length:
        return "length";
    case Dimension::time:
        return "time";
    case Dimension::speed:
        return "speed";
    case Dimension::pace:
        return "pace";
    case Dimension::area:
        return "area";
    case Dimension::percent:
        return "percentage";
    case Dimension::slope:
        return "slope";
    case Dimension::angle:
        return "angle";
    case Dimension::people:
        return "number of people";
    case Dimension::people_density:
        return "density of people";
    case Dimension::point_density:
        return "density of points";
    case Dimension::line_density:
        return "density of lines";
    case Dimension::other:
        return "quantity";
    }
    return "quantity";
}

static std::string written(const Quantity& quantity) {
    return fmt::format("{:g}{}{}", quantity.value, quantity.unit.name.empty() ? "" : " ", quantity.unit.name);
}

static std::string expected(const Unit& target) {
    if (target.dimension == Dimension::other)
        return fmt::format("a number in {}", target.name);
    if (target.dimension == Dimension::number)
        return "a plain number without a unit";
    const bool vowel = target.dimension == Dimension::area || target.dimension == Dimension::angle;
    return fmt::format("{} {} ({})", vowel ? "an" : "a", name_of(target.dimension), units_of(target.dimension));
}

double convert(const Quantity& quantity, const Unit& target) {
    const Unit& unit = quantity.unit;
    const bool bare = unit.dimension == Dimension::number;
    if (bare && (quantity.value == 0 || target.dimension == Dimension::number))
        return quantity.value;
    if (target.dimension == Dimension::slope && unit.dimension == Dimension::angle)
        return 100 * std::tan(quantity.value * std::numbers::pi / 180);
    if (target.dimension == Dimension::slope && unit.dimension == Dimension::percent)
        return quantity.value;
    const bool fits =
        unit.dimension == target.dimension && (unit.dimension != Dimension::other || unit.name == target.name);
    if (!fits)
        throw Error("expected {}, found '{}'{}", expected(target), written(quantity),
                    bare ? ", which has no unit" : "");
    return quantity.value * unit.factor;
}

double shown_in(const Unit& unit, double base) {
    return base / unit.factor;
}

} // namespace zonerank::layers
