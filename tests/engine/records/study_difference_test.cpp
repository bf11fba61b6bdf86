// SPDX-License-Identifier: Apache-2.0
#include "engine/records/study_difference.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

static std::vector<std::string> changes(const std::string& before, const std::string& after) {
    std::vector<std::string> texts;
    for (const engine::StudyChange& change : engine::study_changes(before, after))
        texts.push_back(change.text());
    return texts;
}

using Texts = std::vector<std::string>;

static const std::string study = R"(study: Where
area: {source: a.gpkg}
layers: {roads: r.gpkg, rail: {source: l.gpkg}}
criteria:
  weights: {ahp: {infrastructure vs labor: 2}}
  infrastructure:
    weights: {direct: {power: 3}}
    power: {weight: 3, measure: {distance: {to: roads}}, value: {linear: {best: 0 km, worst: 20 km}}}
constraints: {steep: {above: {measure: {slope: {of: dem}}, limit: 15 %}}, wet: {inside: {of: lake}}}
output: out
)";

static std::string with(const std::string& from, const std::string& to) {
    std::string text = study;
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

TEST_CASE("study_difference: words of the one and the other") {
    CHECK(changes(study, study).empty());
    CHECK(changes(study, with("worst: 20 km", "worst: 15 km")) ==
          Texts{"criterion power: value: worst: 20 km -> 15 km"});
    CHECK(changes(study, with("{linear: {best: 0 km, worst: 20 km}}", "{logistic: {midpoint: 5 km}}")) ==
          Texts{"criterion power: value: linear: gone; it was {best: 0 km, worst: 20 km}",
                "criterion power: value: logistic: added: {midpoint: 5 km}"});
    CHECK(changes(study, with("labor: 2", "labor: 3")) ==
          Texts{"weights of the themes: infrastructure vs labor: 2 -> 3"});
    CHECK(changes(study, with("power: 3}}", "power: 4}}")) == Texts{"weights of theme infrastructure: power: 3 -> 4"});
    CHECK(changes(study, with("limit: 15 %", "limit: 10 %")) == Texts{"constraint steep: limit: 15 % -> 10 %"});
    CHECK(changes(study, with("roads: r.gpkg", "roads: s.gpkg")) == Texts{"layer roads: r.gpkg -> s.gpkg"});
    CHECK(changes(study, with(", rail: {source: l.gpkg}", "")) == Texts{"layer rail: gone; it was {source: l.gpkg}"});
    CHECK(changes(study, with("weight: 3, ", "weight: 3, missing: worst, ")) ==
          Texts{"criterion power: missing: added: worst"});
}

TEST_CASE("study_difference: in the order in which people ask; where it lies is no difference") {
    std::string other = with("output: out", "output: out2\nsites: {source: s.gpkg}");
    other.replace(other.find("study: Where"), 12, "study: There");
    other.replace(other.find("a.gpkg"), 6, "b.gpkg");
    CHECK(changes(study, other) ==
          Texts{"area: source: a.gpkg -> b.gpkg", "sites: added: {source: s.gpkg}", "title: Where -> There"});
}

TEST_CASE("study_difference: the order of constraints counts, that of layers does not") {
    CHECK(changes(study, with("{roads: r.gpkg, rail: {source: l.gpkg}}", "{rail: {source: l.gpkg}, roads: r.gpkg}"))
              .empty());
    CHECK(changes("constraints: {a: {x: 1}, b: {x: 2}}", "constraints: {b: {x: 2}, a: {x: 1}}") ==
          Texts{"order of the constraints: a, b -> b, a"});
}

TEST_CASE("study_difference: what is no study") {
    CHECK_THROWS_AS(changes("a: [", study), Error);
    CHECK(changes("", "").empty());
    CHECK(changes("[1, 2]", "7").empty()); // neither has a section
}
