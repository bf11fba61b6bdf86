// SPDX-License-Identifier: Apache-2.0
#include "engine/study/profile_specs.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

std::string complaints(const std::string& text) {
    layers::Problems problems;
    read_profiles(tests::yaml(text), problems);
    return tests::text_of(problems);
}

std::string assign_complaints(const std::string& text) {
    layers::Problems problems;
    read_assign(tests::yaml(text), problems);
    return tests::text_of(problems);
}

} // namespace

TEST_CASE("profiles are read as written") {
    layers::Problems problems;
    const auto profiles = read_profiles(
        tests::yaml(
            "{textile: {label: Textile and garments, weights: {direct: {power: 30}}, needs: {power: {at most: 10 "
            "km, at least: 1 km}}, values: {water: {linear: {best: 0 km, worst: 3 km}}}, sites: 2}, leather: {}}"),
        problems);
    REQUIRE(problems.ok());
    REQUIRE(profiles.size() == 2);
    CHECK(profiles[0].name == "textile");
    CHECK(profiles[0].label == "Textile and garments");
    CHECK(profiles[0].weights->kind == "direct");
    REQUIRE(profiles[0].needs.size() == 2);
    CHECK(!profiles[0].needs[0].at_least);
    CHECK(profiles[0].needs[0].limit.text == "10 km");
    CHECK(profiles[0].needs[1].at_least);
    CHECK(profiles[0].values.at(0).first == "water");
    CHECK(profiles[0].sites == 2);
    CHECK(profiles[1].label == "leather");
    CHECK(profiles[1].sites == 1);
    CHECK(!profiles[1].weights);
}

TEST_CASE("a profile's mistakes are told in a line each") {
    CHECK(complaints("{}") == "profiles: expected a mapping of industries, found nothing");
    CHECK(complaints("[textile]") == "profiles: expected a mapping of industries, found a list");
    CHECK(complaints("{textile: {sites: 0}}") ==
          "profile 'textile': sites: expected a whole number from 1 to 100000, found '0'");
    CHECK(complaints("{textile: {sites: 1.5}}") ==
          "profile 'textile': sites: expected a whole number from 1 to 100000, found '1.5'");
    CHECK(complaints("{textile: {wieghts: equal}}") ==
          "profile 'textile': unknown key 'wieghts'; did you mean 'weights'?");
    CHECK(complaints("{textile: {needs: {power: {atmost: 3 km}}}}") ==
          "profile 'textile': needs: 'power': unknown key 'atmost'; did you mean 'at most'?");
    CHECK(complaints("{textile: {needs: {power: {}}}}") ==
          "profile 'textile': needs: 'power': expected {at most: ...} or {at least: ...}, found nothing");
    CHECK(complaints("{textile: {needs: power}}") == "profile 'textile': needs: expected limits such as {power: {at "
                                                     "most: 10 km}}, found a single value");
    CHECK(complaints("{Textile: {}}").starts_with("profile 'Textile': a name is lower case letters"));
}

TEST_CASE("what a site takes: a number, or a field of the sites") {
    layers::Problems problems;
    CHECK(read_assign(tests::yaml("{per site: 3}"), problems).per_site == 3);
    const AssignSpec field = read_assign(tests::yaml("{per site: {field: plots}, aim: most placed}"), problems);
    CHECK(field.field == "plots");
    CHECK(field.aim == Aim::most_placed);
    CHECK(read_assign(tests::yaml("{}"), problems).per_site == 1);
    CHECK(problems.ok());
    CHECK(assign_complaints("{per site: 0}") ==
          "assign: per site: expected a whole number from 1 to 100000, found '0'");
    CHECK(assign_complaints("{per site: {feild: plots}}") ==
          "assign: per site: unknown key 'feild'; did you mean 'field'?");
    CHECK(assign_complaints("{aim: most place}") == "assign: unknown aim 'most place'; did you mean 'most placed'?");
}
