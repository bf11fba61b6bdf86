// SPDX-License-Identifier: Apache-2.0
#include "engine/study/profiles.hpp"

#include "tests/support/industries.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

static std::string profile(const std::string& body) {
    return complaints_with("profiles: {mill: " + body + "}\n");
}

TEST_CASE("profiles: weights of the criteria they name, needs in base units") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder, two_industries + "  all: {}\n"
                                                                     "  pairs: {weights: {ahp: {height vs water: 3}}}\n"
                                                                     "  even: {weights: equal}\n"));
    REQUIRE(p->profiles.size() == 5);
    CHECK(p->profiles[0].weights == std::vector<double>{1, 0});
    CHECK(p->profiles[0].needs.at(0).limit == 30);
    CHECK(p->profiles[1].weights == std::vector<double>{0.25, 0.75});
    CHECK(p->profiles[1].values.at(0).criterion == 1);
    CHECK(p->profiles[2].weights.empty());
    CHECK(p->profiles[2].weighing == "the study's");
    CHECK(p->profiles[3].weights[0] == doctest::Approx(0.75));
    CHECK(p->profiles[4].weights == std::vector<double>{0.5, 0.5});
}

TEST_CASE("a need is met at its limit, and not by what is not known") {
    const Need most{0, false, 0.1}, least{0, true, 0.1};
    CHECK(most.met_by(static_cast<double>(0.1F))); // a little more than 0.1
    CHECK(most.met_by(0.05));
    CHECK(!most.met_by(0.1001));
    CHECK(least.met_by(0.1));
    CHECK(!least.met_by(0.0999));
    CHECK(!most.met_by(engine::nan));
    CHECK(!least.met_by(engine::nan));
}

TEST_CASE("a profile's mistakes against the criteria") {
    CHECK(profile("{weights: {direct: {hieght: 1}}}") ==
          "profile 'mill': weights: unknown criterion 'hieght'; did you mean 'height'?");
    CHECK(profile("{weights: {direct: {height: 0}}}") == "profile 'mill': weights: all weights are 0");
    CHECK(profile("{needs: {watr: {at most: 3 m}}}") ==
          "profile 'mill': needs: unknown criterion 'watr'; did you mean 'water'?");
    CHECK(
        profile("{needs: {water: {at most: 3 ha}}}").starts_with("profile 'mill': needs: 'water': expected a length"));
    CHECK(profile("{needs: {water: {at most: 3}}}").starts_with("profile 'mill': needs: 'water': "));
    CHECK(profile("{values: {water: stretch}}") ==
          "profile 'mill': values: 'water': stretch goes by the map's range; an industry's own value function has the "
          "site's measurement alone");
    CHECK(profile("{values: {water: {linear: {best: 1 ha, worst: 0 ha}}}}")
              .starts_with("profile 'mill': values: 'water': "));
    CHECK(profile("{values: {water: {piecewise: {0 m: 1, 9 m: 0, beyond: error}}}}") ==
          "profile 'mill': values: 'water': `beyond: error` is for the map's measurements; an industry's own value "
          "function takes clip or extrapolate");
    CHECK(profile("{needs: {water: {at least: 5 m, at most: 3 m}}}") ==
          "profile 'mill': needs: 'water': what is wanted at least is more than what is wanted at most; no site fits");
    CHECK(profile("{needs: {water: {at least: 3 m, at most: 3 m}}}").empty());
    CHECK(profile("{}").empty());
}

TEST_CASE("a name that no criterion has comes with the nearest of all") {
    for (const char* weights : {"{points: {hieght: 100}}", "{ahp: {hieght vs water: 2}}", "{rank sum: [water, hieght]}",
                                "{order: [water > hieght]}", "{fixed: {hieght: 1}}"})
        CHECK(profile(fmt::format("{{weights: {}}}", weights)) ==
              "profile 'mill': weights: unknown criterion 'hieght'; did you mean 'height'?");
}

TEST_CASE("a need beyond the measure's limit says nothing") {
    const StudyFolder folder;
    std::string study = small_study(folder, "profiles: {mill: {needs: {water: {at most: 150 m}}}}\n");
    const std::string measure = "{distance: {to: lake}}";
    study.replace(study.find(measure), measure.size(), "{distance: {to: lake, limit: 120 m}}");
    CHECK(
        text_of(folder.prepared(study)->problems) ==
        "profile 'mill': needs: 'water': what is farther than 120 m is measured as that (the measure's `limit`); take "
        "less, or a larger limit");
}

TEST_CASE("a need of a criterion that is wrong itself adds no complaint") {
    const StudyFolder folder;
    std::string text = small_study(folder, "profiles: {mill: {needs: {height: {at most: 30 m}}}}\n");
    text.replace(text.find("{sample:"), 8, "{simple:");
    const auto p = folder.prepared(text);
    REQUIRE(p->problems.errors().size() == 1);
    CHECK(p->problems.errors()[0].text.find("simple") != std::string::npos);
}

TEST_CASE("industries need sites, and what they take must be a number of them") {
    CHECK(complaints_with("assign: {per site: 2}\n") ==
          "study: assign: these are the sites for `profiles`, which is not there");
    CHECK(complaints_with(two_industries + "assign: {per site: {field: name}}\n")
              .find("name of site 'hill' is text ('hill')") != std::string::npos);
}
