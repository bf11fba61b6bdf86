// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/unit.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Dimension;
using layers::Quantity;
using layers::Unit;

static double in(Dimension dimension, std::string_view text) {
    return layers::convert(layers::parse_quantity(text), layers::base_unit(dimension));
}

static std::string refused(std::string_view text) {
    try {
        layers::parse_quantity(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

static std::string refused(std::string_view text, const Unit& target) {
    try {
        layers::convert(layers::parse_quantity(text), target);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

TEST_CASE("every unit in the base of its dimension") {
    struct Row {
        std::string_view text;
        Dimension dimension;
        double base;
    };
    for (const Row& row : {
             Row{"3", Dimension::number, 3},
             {"250 m", Dimension::length, 250},
             {"20 km", Dimension::length, 20'000},
             {"150 cm", Dimension::length, 1.5},
             {"45 min", Dimension::time, 45},
             {"1.5 h", Dimension::time, 90},
             {"90 s", Dimension::time, 1.5},
             {"30 km/h", Dimension::speed, 30},
             {"30 kmh", Dimension::speed, 30},
             {"10 m/s", Dimension::speed, 36},
             {"6 min/km", Dimension::pace, 6},
             {"0.5 min/m", Dimension::pace, 500},
             {"3 s/m", Dimension::pace, 50},
             {"400 ha", Dimension::area, 400},
             {"2 km²", Dimension::area, 200},
             {"2 km2", Dimension::area, 200},
             {"5000 m²", Dimension::area, 0.5},
             {"5000 m2", Dimension::area, 0.5},
             {"100 acre", Dimension::area, 40.468564224}, // 4,046.8564224 m² each (international acre)
             {"100 acres", Dimension::area, 40.468564224},
             {"15 %", Dimension::percent, 15},
             {"15 percent", Dimension::percent, 15},
             {"15 %", Dimension::slope, 15},
             {"30°", Dimension::angle, 30},
             {"30 deg", Dimension::angle, 30},
             {"500 people", Dimension::people, 500},
             {"500 people/km²", Dimension::people_density, 500},
             {"500 people/km2", Dimension::people_density, 500},
             {"5 people/ha", Dimension::people_density, 500},
             {"4 1/km²", Dimension::point_density, 4},
             {"4 1/km2", Dimension::point_density, 4},
             {"1.5 km/km²", Dimension::line_density, 1.5},
             {"1.5 km/km2", Dimension::line_density, 1.5},
         }) {
        CAPTURE(row.text);
        CHECK(in(row.dimension, row.text) == doctest::Approx(row.base).epsilon(1e-14));
    }
}

TEST_CASE("a slope in degrees is the percentage of its tangent") {
    CHECK(in(Dimension::slope, "8.5°") == doctest::Approx(14.945).epsilon(1e-4)); // tan 8.5° = 0.149451
    CHECK(in(Dimension::slope, "45 deg") == doctest::Approx(100).epsilon(1e-14));
    CHECK(in(Dimension::slope, "0") == 0);
}

TEST_CASE("numbers as people write them") {
    struct Row {
        std::string_view text;
        double value;
        std::string_view unit;
    };
    for (const Row& row : {
             Row{"20 km", 20, "km"},
             {"20km", 20, "km"},
             {"  20\tkm  ", 20, "km"},
             {"1/3", 1.0 / 3, ""},
             {"1/2 km", 0.5, "km"},
             {"-3/4", -0.75, ""},
             {"1e3", 1000, ""},
             {"1e3 m", 1000, "m"},
             {"2.5E-1", 0.25, ""},
             {"+5", 5, ""},
             {"-5 m", -5, "m"},
             {".5", 0.5, ""},
             {"0", 0, ""},
             {"12 PKR/acre", 12, "PKR/acre"},
             {"8.5 °", 8.5, "°"},
         }) {
        CAPTURE(row.text);
        const Quantity quantity = layers::parse_quantity(row.text);
        CHECK(quantity.value == row.value);
        CHECK(quantity.unit.name == row.unit);
    }
}

TEST_CASE("what is no number is refused with what was found") {
    for (const std::string_view text : {"", " ", "abc", "km", "nan", "NaN", "inf", "-inf", "infinity", "1e999", "1/0",
                                        "+", "-", "++5", "+-5", "- 5", "€5"}) {
        CAPTURE(text);
        CHECK(refused(text) == fmt::format("expected a number, found '{}'", text));
    }
    for (const std::string_view text : {"50,000", "50,000 m", "1.2.3", "50 000", "1/2.5.6", "5 1/3"}) {
        CAPTURE(text);
        CHECK(refused(text) ==
              fmt::format("expected a number, found '{}' (write 50000, without a thousands separator)", text));
    }
}

TEST_CASE("a hexadecimal number is a number with an odd unit, not 16") {
    CHECK(refused("0x10", layers::base_unit(Dimension::length)) == "expected a length (m, km, cm), found '0 x10'");
}

TEST_CASE("units that do not fit are told with those that do") {
    const auto base = layers::base_unit;
    CHECK(refused("20 min", base(Dimension::length)) == "expected a length (m, km, cm), found '20 min'");
    CHECK(refused("20", base(Dimension::length)) == "expected a length (m, km, cm), found '20', which has no unit");
    CHECK(refused("20 km", base(Dimension::number)) == "expected a plain number without a unit, found '20 km'");
    CHECK(refused("20 km", base(Dimension::area)) == "expected an area (ha, km², m², acre), found '20 km'");
    CHECK(refused("20 km", base(Dimension::slope)) == "expected a slope (%, °), found '20 km'");
    CHECK(refused("20 %", base(Dimension::angle)) == "expected an angle (°), found '20 %'");
    CHECK(refused("20 KM", base(Dimension::length)) == "expected a length (m, km, cm), found '20 KM'");
    CHECK(refused("8.5°", base(Dimension::percent)) == "expected a percentage (%), found '8.5 °'");
    CHECK(refused("5 people/km²", base(Dimension::people)) ==
          "expected a number of people (people), found '5 people/km²'");
}

TEST_CASE("0 needs no unit anywhere") {
    for (const Dimension dimension :
         {Dimension::number, Dimension::length, Dimension::time, Dimension::speed, Dimension::pace, Dimension::area,
          Dimension::percent, Dimension::slope, Dimension::angle, Dimension::people, Dimension::people_density,
          Dimension::point_density, Dimension::line_density}) {
        CAPTURE(layers::name_of(dimension));
        CHECK(in(dimension, "0") == 0);
        CHECK(in(dimension, "0.0") == 0);
    }
    CHECK(layers::convert(layers::parse_quantity("0"), layers::unit_called("PKR/acre")) == 0);
}

TEST_CASE("the user's own unit matches itself alone") {
    const Unit own = layers::unit_called("PKR/acre");
    CHECK(own.dimension == Dimension::other);
    CHECK(own.suffix == "PKR_acre");
    CHECK(layers::convert(layers::parse_quantity("2.5e6 PKR/acre"), own) == 2.5e6);
    CHECK(refused("2 PKR/ha", own) == "expected a number in PKR/acre, found '2 PKR/ha'");
    CHECK(refused("2 pkr/acre", own) == "expected a number in PKR/acre, found '2 pkr/acre'");
    CHECK(refused("2 km", own) == "expected a number in PKR/acre, found '2 km'");
    CHECK(refused("2", own) == "expected a number in PKR/acre, found '2', which has no unit");
    CHECK(refused("2 PKR/acre", layers::base_unit(Dimension::length)) ==
          "expected a length (m, km, cm), found '2 PKR/acre'");
}

TEST_CASE("other spellings are the same unit") {
    CHECK(layers::unit_called("km2") == layers::unit_called("km²"));
    CHECK(layers::unit_called("deg") == layers::unit_called("°"));
    CHECK(layers::unit_called("") == layers::base_unit(Dimension::number));
    CHECK(layers::unit_called("").dimension == Dimension::number);
    CHECK_FALSE(layers::unit_called("kM") == layers::unit_called("km"));
}

TEST_CASE("shown in the unit written") {
    CHECK(layers::shown_in(layers::unit_called("km"), 20'000) == 20);
    CHECK(layers::shown_in(layers::unit_called("s"), 1) == doctest::Approx(60).epsilon(1e-15));
    CHECK(layers::shown_in(layers::unit_called("%"), 15) == 15);
    CHECK(layers::shown_in(layers::unit_called("PKR/acre"), 7) == 7);
    for (const std::string_view name : {"m", "km", "cm", "h", "s", "m/s", "km²", "m²", "acre", "people/ha"}) {
        CAPTURE(name);
        const Unit unit = layers::unit_called(name);
        CHECK(layers::convert({12.5, unit}, unit) != 12.5 * (unit.factor == 1 ? 2 : 1));
        CHECK(layers::shown_in(unit, layers::convert({12.5, unit}, unit)) == doctest::Approx(12.5).epsilon(1e-15));
    }
}

TEST_CASE("base units have a factor of 1 and their own dimension") {
    for (int i = 0; i < static_cast<int>(Dimension::other); ++i) {
        const auto dimension = static_cast<Dimension>(i);
        CAPTURE(layers::name_of(dimension));
        const Unit base = layers::base_unit(dimension);
        CHECK(base.factor == 1);
        CHECK(base.dimension == dimension);
        CHECK(layers::name_of(dimension) != "quantity");
        CHECK((dimension == Dimension::number || layers::units_of(dimension).starts_with(base.name)));
    }
    CHECK(layers::units_of(Dimension::number).empty());
    CHECK(layers::units_of(Dimension::time) == "min, h, s");
}
