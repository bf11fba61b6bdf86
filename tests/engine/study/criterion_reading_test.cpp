// SPDX-License-Identifier: Apache-2.0
#include "engine/study/criterion_reading.hpp"

#include "tests/support/desk.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests::desk;
using engine::Criterion;

TEST_CASE("the measurement's unit, and the one that the study writes") {
    Desk desk;
    const Criterion distance = desk.good(one(road)).criteria[0];
    CHECK(distance.unit == layers::unit_called("m"));
    CHECK(distance.shown == layers::unit_called("km"));
    CHECK(distance.matrix_unit() == layers::unit_called("km"));
    CHECK(distance.on_map());
    CHECK(distance.function({}).of(5000) == 0.75);
    const Criterion land =
        desk.good(one(price).substr(0, 2) + "t: {p: {" + price + "}, b: {" + road + "}}\n").criteria[0];
    CHECK_FALSE(land.on_map());
    CHECK(land.site_field == "price");
    CHECK(land.unit.name == "PKR/acre");
    CHECK(land.function({}).of(5) == 0.5);
}

TEST_CASE("units that do not fit the measurement") {
    Desk desk;
    CHECK(desk.wrong(one("measure: {distance: {to: roads}}, value: {linear: {best: 0, worst: 20 min}}")) ==
          "criterion 'a': linear: worst: expected a length (m, km, cm), found '20 min'");
    CHECK(desk.wrong(one("measure: {distance: {to: roads}}, value: {linear: {best: 0, worst: 20}}")) ==
          "criterion 'a': linear: worst: expected a length (m, km, cm), found '20', which has no unit");
    CHECK(
        desk.wrong("  t: {p: {measure: {site field: {field: price, unit: PKR/acre}}, value: {linear: {best: 0, worst: "
                   "10 PKR/ha}}}, b: {" +
                   road + "}}\n") == "criterion 'p': linear: worst: expected a number in PKR/acre, found '10 PKR/ha'");
}

TEST_CASE("a share of cells beyond a limit is measured in percent") {
    Desk desk;
    const Criterion share =
        desk.good(one("measure: {sample: {of: hill}}, value: {linear: {best: 0 %, worst: 40 %}}, site: {share: "
                      "{above: 0.03 km}}"))
            .criteria[0];
    CHECK(share.site_limit == 30);
    CHECK(share.site.above);
    CHECK(share.matrix_unit() == layers::unit_called("%"));
    CHECK(share.function({}).of(10) == 0.75);
    CHECK(desk.wrong(one("measure: {sample: {of: hill}}, value: {linear: {best: 0 %, worst: 40 %}}, site: {share: "
                         "{above: 3 min}}")) ==
          "criterion 'a': site: share: expected a length (m, km, cm), found '3 min'");
    CHECK(desk.wrong(one("measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 40 m}}, site: {share: "
                         "{above: 3 m}}")) == "criterion 'a': linear: worst: expected a percentage (%), found '40 m'\n"
                                              "criterion 'a': linear: best: expected a percentage (%), found '0 m'");
}

TEST_CASE("rules of a site that its measure can't have") {
    Desk desk;
    CHECK(desk.wrong(one(height + ", site: edge")) ==
          "criterion 'a': site: edge is the distance from the site's own outline; its measure is sample");
    CHECK(desk.wrong("  t: {p: {" + price + ", site: min}, b: {" + road + "}}\n") ==
          "criterion 'p': site: a field of the sites has no cells to take a rule of");
    CHECK(desk.good(one(road + ", site: edge")).criteria[0].site.kind == engine::SiteRule::Kind::edge);
}

TEST_CASE("a value function of the map's own range is warned of") {
    Desk desk;
    desk.good(one("measure: {sample: {of: hill}}, value: stretch"));
    CHECK(desk.warnings() ==
          "criterion 'a': stretch depends on the map's own range: scores of two areas can't be compared\n");
}

TEST_CASE("a value function whose facts are given needs no map") {
    Desk desk;
    desk.good(one("measure: {sample: {of: hill}}, value: {mean-sd small: {mean: 40 m, deviation: 9 m}}"));
    CHECK(desk.warnings().empty());
    desk.good(one("measure: {sample: {of: hill}}, value: {mean-sd small: {mean: 40 m}}"));
    CHECK(desk.warnings() ==
          "criterion 'a': mean-sd small depends on the map's own range: scores of two areas can't be compared\n");
}

TEST_CASE("a value says nothing of what a measure's limit hides") {
    Desk desk;
    const auto to_roads = [](const std::string& value) {
        return "  access:\n    road: {measure: {distance: {to: roads, limit: 5 km}}, value: " + value + "}\n";
    };
    CHECK(desk.good(to_roads("{linear: {best: 0 km, worst: 5 km}}")).criteria[0].limit() == 5000);
    CHECK(desk.good(to_roads("{linear: {best: 4 km, worst: 1 km}}")).criteria[0].limit() == 5000);
    const std::string said = desk.wrong(to_roads("{linear: {best: 0 km, worst: 20 km}}"));
    CHECK(said.find("criterion 'road': value: is 0.75 at the measure's `limit` and goes on to 0 beyond it") !=
          std::string::npos);
    CHECK(desk.wrong(to_roads("{linear: {worst: 0 km, best: 6 km}}")).find("goes on to 1") != std::string::npos);
    CHECK_FALSE(desk.good("  access: {road: {" + road + "}}\n").criteria[0].limit());
}
