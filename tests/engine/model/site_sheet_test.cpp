// SPDX-License-Identifier: Apache-2.0
#include "engine/model/site_sheet.hpp"

#include "tests/support/three_sites.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using tests::Three;

TEST_CASE("a sheet's parts add up to the score, and its leads to the difference of scores") {
    const Three three;
    const engine::SiteSheet sheet = three.of("mid");
    CHECK(sheet.ranked == 3);
    CHECK(sheet.site().rank == 2);
    CHECK(sheet.criteria[0].part == Approx(0.375));
    CHECK(sheet.criteria[1].part == Approx(0.2));
    CHECK(sheet.criteria[0].over_winner == Approx(-0.3));
    CHECK(sheet.criteria[1].over_winner == Approx(-0.025));
    CHECK(sheet.criteria[0].over_mean == Approx(0).scale(1)); // (0.075 + 0.375 + 0.675) / 3
    CHECK(sheet.criteria[1].over_mean == Approx(0.2 - 0.475 / 3));
    REQUIRE(sheet.rivals.size() == 2);
    CHECK(sheet.ranking->rows[sheet.rivals[0].rival].name == "high");
    CHECK(sheet.ranking->rows[sheet.rivals[1].rival].name == "low");
    CHECK(sheet.rivals[1].over[0] == Approx(0.3));
    CHECK(sheet.rivals[1].over[1] == Approx(0.15));
}

TEST_CASE("a sheet tells which measurement alone would be enough, and that none is") {
    const Three three;
    const engine::SiteSheet low = three.of("low");
    REQUIRE(low.up_one);
    REQUIRE(low.to_top);
    CHECK(*low.up_one->enough[0] == Approx(7)); // 0.75 v + 0.05 = 0.575
    CHECK(!low.up_one->enough[1]);              // 0.075 + 0.25 at most
    CHECK(!low.to_top->enough[0]);              // 0.8 at most
    const engine::SiteSheet mid = three.of("mid");
    CHECK(!mid.to_top);                                // one place up is the top
    CHECK(*mid.up_one->enough[0] == Approx(28.0 / 3)); // 0.75 v + 0.2 = 0.9
    CHECK(!three.of("high").up_one);
}

TEST_CASE("a sheet tells the change of weights, or that there is none") {
    const Three three;
    const engine::SiteSheet mid = three.of("mid"); // worse than high in both
    CHECK(mid.exact_weights);
    CHECK(std::isnan(mid.up_one->weights.moved));
}

TEST_CASE("where the score is no sum, a part is what would be lost") {
    const Three three("aggregate: weighted product\n");
    const engine::SiteSheet mid = three.of("mid");
    const double score = std::pow(0.5, 0.75) * std::pow(0.8, 0.25);
    CHECK(mid.site().score == Approx(score));
    CHECK(mid.criteria[0].part == Approx(score));
    CHECK(mid.criteria[0].over_winner == Approx(score - std::pow(0.9, 0.75) * std::pow(0.8, 0.25)));
    CHECK(!mid.exact_weights);
}

TEST_CASE("a site without enough ground: what excludes it, what would be left without that") {
    const Three three("constraints: {lake: {inside: {of: lake}}, camp: {inside: {of: camp}}}\n");
    const engine::SiteSheet low = three.of("low"); // lake has 6 of its 9 rows, camp 4.5, both 3
    CHECK(low.site().rank == 0);
    CHECK(low.would_rank == 3);
    CHECK(!low.up_one);
    REQUIRE(low.constraints.size() == 2);
    CHECK(low.constraints[0].name == "lake");
    CHECK(low.constraints[0].excluded == Approx(6 / 9.0));
    CHECK(low.constraints[0].usable_without == Approx(4.5 / 9));
    CHECK(low.constraints[1].excluded == Approx(4.5 / 9));
    CHECK(low.constraints[1].usable_without == Approx(3 / 9.0));
}
