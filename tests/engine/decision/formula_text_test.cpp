// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/formula_text.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;

namespace {

const layers::Unit metres = layers::base_unit(layers::Dimension::length), km = layers::unit_called("km");

} // namespace

TEST_CASE("formula text: quantities become names of their length") {
    const engine::FormulaText read = engine::read_formula("1 - (x/20 km)^2 + log10(x) - 500m", metres, km);
    CHECK(read.text == "1 - (x/_0   )^2 + log10(x) - _1  ");
    REQUIRE(read.quantities.size() == 2);
    CHECK(read.quantities[0] == std::pair<std::string, double>("_0", 20));
    CHECK(read.quantities[1] == std::pair<std::string, double>("_1", 0.5));
}

TEST_CASE("formula text: a unit with a slash, and a unit that is divided") {
    const layers::Unit speed = layers::unit_called("km/h");
    CHECK(engine::read_formula("30 km/h", speed, speed).text == "_0     ");
    CHECK(engine::read_formula("30 km/x", metres, km).text == "_0   /x");
    CHECK(engine::read_formula("x/3+2", metres, km).text == "x/3+2");
    CHECK(engine::read_formula("1.5e3 m", metres, km).quantities[0].second == 1.5);
}

TEST_CASE("formula text: characters are counted, not bytes") {
    try {
        engine::refuse_formula("5° = 3", 4, "why"); // the third byte is the second of the degree sign
    } catch (const Error& e) {
        CHECK(std::string(e.what()) == "formula, character 4: why");
    }
    std::string many;
    for (int i = 0; i < 37; ++i)
        many += "1 m+";
    CHECK_THROWS_WITH(engine::read_formula(many, metres, km), "formula, character 145: too many numbers with units");
    CHECK(engine::read_formula("x == 3 ? 1 : x <= 2", metres, km).quantities.empty());
}
