// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/parameter_values.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::Dimension;
using layers::Type;
using layers::Unit;

namespace {

layers::Value read(const layers::Parameter& parameter, const std::string& text) {
    std::optional<Unit> shown;
    return layers::read_parameter(parameter, tests::yaml(text), layers::base_unit(Dimension::length), shown);
}

} // namespace

TEST_CASE("a value is in base units, and what was expected is told") {
    const layers::Parameter radius{"radius", "", Type::quantity, Dimension::length, {}, false, {}, true};
    CHECK(std::get<double>(read(radius, "2 km")) == 2000);
    CHECK_THROWS_WITH_AS(read(radius, "0 km"), "it must be above 0, found '0 km'", Error);
    CHECK_THROWS_WITH_AS(read(radius, "[1 km]"), "expected a number with a unit, found a list", Error);
    CHECK_THROWS_WITH_AS(read({"reach", "", Type::reach}, "3 %"), doctest::Contains("expected a time (min, "), Error);
}

TEST_CASE("the first measurement with a unit of its own says in which they are shown") {
    std::optional<Unit> shown;
    const auto points = [&](const std::string& text) {
        return std::get<layers::Points>(layers::read_parameter({"at", "", Type::points}, tests::yaml(text),
                                                               layers::base_unit(Dimension::length), shown));
    };
    CHECK(points("{2 km: 1, 500 m: 0}") == layers::Points{{2000, 1}, {500, 0}});
    CHECK(shown == layers::unit_called("km"));
    points("{5 m: 1}");
    CHECK(shown == layers::unit_called("km"));
}
