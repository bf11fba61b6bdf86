// SPDX-License-Identifier: Apache-2.0
#include "engine/explain.hpp"

#include "tests/support/industries.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::candidate_called;

static engine::Territory two_called(const std::string& one, const std::string& other) {
    engine::Territory territory;
    territory.candidates = {{.id = "S1", .name = one}, {.id = "S2", .name = other}};
    return territory;
}

TEST_CASE("a site is found by its id, its name, and its name in other letters") {
    const engine::Territory sites = two_called("Jatlan", "Dadyal");
    CHECK(candidate_called(sites, "S2") == 1);
    CHECK(candidate_called(sites, "Dadyal") == 1);
    CHECK(candidate_called(sites, "jatlan") == 0);
    CHECK_THROWS_WITH(candidate_called(sites, "Jatlam"), "unknown site 'Jatlam'; did you mean 'Jatlan'?");
    CHECK_THROWS_WITH(candidate_called(sites, "Karachi"), "unknown site 'Karachi'; there is Jatlan, Dadyal");
}

TEST_CASE("a name that two sites have asks for the id") {
    CHECK_THROWS_WITH(candidate_called(two_called("Jatlan", "Jatlan"), "Jatlan"),
                      "2 sites are called 'Jatlan': name one by its id: S1, S2");
    CHECK(candidate_called(two_called("jatlan", "Jatlan"), "Jatlan") == 1);
}

TEST_CASE("explain puts sheet, stability and industries together") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(small_study(folder, tests::two_industries));
    const auto found = engine::explain(*p, {.site = "hill"}, false);
    CHECK(found->sheet.site().name == "hill");
    CHECK(found->sheet.ranked == 2);
    CHECK(found->aggregation == "weighted sum");
    CHECK(found->needs_usable == doctest::Approx(0.4));
    REQUIRE(found->stability);
    CHECK(found->stability->smaa.sites == 2);
    CHECK(found->industries.industries.size() == 2);
}

TEST_CASE("explain without sites says so") {
    const tests::StudyFolder folder;
    std::string study = small_study(folder);
    study.erase(study.find("sites: {"));
    const auto p = folder.ready(study);
    CHECK_THROWS_WITH(engine::explain(*p, {.site = "hill"}, false),
                      doctest::Contains("has no `sites`, so there is none to explain"));
}
