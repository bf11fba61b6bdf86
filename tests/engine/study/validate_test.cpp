// SPDX-License-Identifier: Apache-2.0
#include "engine/study/validate.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

static std::string complaints(const std::string& text, bool has_sites = true) {
    layers::Problems problems;
    read_validate(tests::yaml(text), has_sites, problems);
    return tests::text_of(problems);
}

TEST_CASE("known zones: of a layer, by name, by a condition") {
    layers::Problems problems;
    const ValidateSpec map =
        read_validate(tests::yaml("{good: {layer: zones, where: \"run = 1\", name: n}, bad: {layer: zones}, cut: 0.6}"),
                      false, problems);
    CHECK(map.good.on_map());
    CHECK(map.good.where == "run = 1");
    CHECK(map.good.name_field == "n");
    CHECK(map.bad->layer == "zones");
    CHECK(map.cut == 0.6);
    const ValidateSpec named = read_validate(tests::yaml("{good: {sites: [a, b]}}"), true, problems);
    CHECK(!named.good.on_map());
    CHECK(named.good.sites.size() == 2);
    CHECK(named.cut == 0.5);
    CHECK(!named.bad);
    CHECK(read_validate(tests::yaml("{good: {where: \"run = 1\"}}"), true, problems).good.where == "run = 1");
    CHECK(problems.ok());
}

TEST_CASE("known zones: mistakes") {
    CHECK(complaints("{bad: {layer: zones}}").starts_with("validate: 'good' is missing"));
    CHECK(complaints("{good: {}}") == "validate: good: expected `source` or `layer` with known zones, or `sites` or "
                                      "`where` for some of the candidate sites");
    CHECK(complaints("{good: {sites: a}}", false) ==
          "validate: good: the study has no sites to choose from; give a `source`");
    CHECK(complaints("{good: {sites: []}}") == "validate: good: sites: expected names of sites, found an empty list");
    CHECK(complaints("{good: {layer: zones, sites: a}}") ==
          "validate: good: sites: the zones come from `source` or `layer`; only one of the two can count");
    CHECK(complaints("{good: {sites: a, where: \"x = 1\"}}") ==
          "validate: good: where: the sites are named; only one of the two can count");
    CHECK(complaints("{good: {sites: a}, bad: {layer: zones}}") ==
          "validate: bad: one of good and bad is ground on the map and the other candidate sites; both are to be the "
          "same");
    CHECK(complaints("{good: {sites: a}, cut: 60}") ==
          "validate: cut: expected a score above 0, at most 1, found '60'");
    CHECK(complaints("{good: {sties: a}}") == "validate: good: unknown key 'sties'; did you mean 'sites'?");
}
