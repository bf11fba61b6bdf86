// SPDX-License-Identifier: Apache-2.0
#include "engine/records/rank_changes.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::PastSite;

TEST_CASE("rank_changes: sites by id, whatever their names and order") {
    const std::vector<PastSite> before{{"a", "Hill", 1, 0.8, "", {{"power", 0.5}, {"water", 0.3}}},
                                       {"b", "Lake", 2, 0.7, "", {}},
                                       {"c", "Gone", 3, 0.1, "", {}}};
    const std::vector<PastSite> after{{"b", "Lake shore", 1, 0.7, "", {}},
                                      {"a", "Hill", 2, 0.65, "", {{"power", 0.2}, {"water", 0.45}}},
                                      {"d", "New", 3, 0.2, "", {}}};
    const auto changes = engine::rank_changes(before, after);
    REQUIRE(changes.size() == 4);
    CHECK(changes[0].name() == "Lake shore");
    CHECK(changes[0].before->rank == 2);
    CHECK(changes[0].mover.empty());
    CHECK(changes[1].mover == "power"); // it fell more than water rose
    CHECK(changes[1].mover_change == doctest::Approx(-0.3));
    CHECK(*changes[1].score_change() == doctest::Approx(-0.15));
    CHECK_FALSE(changes[2].before);
    CHECK(changes[3].name() == "Gone");
    CHECK_FALSE(changes[3].after);
    for (const auto& change : changes)
        CHECK(change.moved());
}

TEST_CASE("rank_changes: without ids by name, several of one name in their order") {
    const std::vector<PastSite> before{{"", "x", 1, 0.5, "", {}}, {"", "x", 2, 0.4, "", {}}};
    const std::vector<PastSite> after{{"", "x", 1, 0.5, "", {}}, {"", "x", {}, {}, "too small", {}}};
    const auto changes = engine::rank_changes(before, after);
    REQUIRE(changes.size() == 2);
    CHECK_FALSE(changes[0].moved());
    CHECK(changes[1].moved());
    CHECK(changes[1].before->rank == 2);
    CHECK_FALSE(changes[1].score_change());
    CHECK(engine::rank_changes({}, {}).empty());
}

TEST_CASE("rank_changes: a criterion that only one study has explains, too") {
    const std::vector<PastSite> before{{"a", "", 1, 0.8, "", {{"power", 0.8}}}};
    const std::vector<PastSite> after{{"a", "", 1, 0.9, "", {{"power", 0.5}, {"rail", 0.4}}}};
    CHECK(engine::rank_changes(before, after)[0].mover == "rail");
    CHECK(engine::rank_changes(after, before)[0].mover == "rail");
    CHECK(engine::rank_changes(after, before)[0].mover_change == doctest::Approx(-0.4));
    CHECK(engine::rank_changes(after, before)[0].name() == "a");
}
