// SPDX-License-Identifier: Apache-2.0
#include "engine/model/matrix.hpp"

#include "tests/support/ranked_land.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::tests;
using namespace zonerank::tests::ranked_on;
using doctest::Approx;
using engine::Ranking;
using engine::SiteRow;

TEST_CASE("a row by hand: measurements, values, parts and score") {
    const Land land;
    const Ranking ranking = land.rank({site("a", 10, 50, 30, 20), site("b", 55, 50, 10, 20)}, two(), lake);
    REQUIRE(ranking.columns.size() == 2);
    CHECK(ranking.columns[0].name == "a");
    CHECK(ranking.columns[0].unit.name == "m");
    CHECK(ranking.columns[1].unit.name == "km");
    CHECK(ranking.columns[1].weight == 0.75);
    CHECK(ranking.columns[1].theme == "t");
    CHECK(ranking.contributions);

    const SiteRow& a = row_of(ranking, "a"); // columns 1, 2, 3: heights 1, 2, 3; 15, 25, 35 m to the road
    CHECK(a.entries[0].measurement == Approx(2).epsilon(1e-9));
    CHECK(a.entries[1].measurement == Approx(25).epsilon(1e-6));
    CHECK(a.entries[0].value == Approx(0.8).epsilon(1e-6));
    CHECK(a.entries[1].value == Approx(0.75).epsilon(1e-6));
    CHECK(a.entries[0].part == Approx(0.25 * 0.8).epsilon(1e-6));
    CHECK(a.entries[1].part == Approx(0.75 * 0.75).epsilon(1e-6));
    CHECK(a.score == Approx(0.2 + 0.5625).epsilon(1e-6));
    CHECK(a.map_score == Approx(a.score).epsilon(1e-6));
    CHECK(a.max == Approx(0.25 * 0.9 + 0.75 * 0.85).epsilon(1e-6));
    CHECK(a.min == Approx(0.25 * 0.7 + 0.75 * 0.65).epsilon(1e-6));
    CHECK(a.p10 == Approx(a.min));
    CHECK(a.rank == 1);
    CHECK(a.reason.empty());
    CHECK(a.shares.valid == 1);
    CHECK(sum(a.shares) == 1);

    const SiteRow& b = row_of(ranking, "b"); // half of column 5, half of column 6
    CHECK(b.entries[0].measurement == Approx(5.5).epsilon(1e-9));
    CHECK(b.entries[1].measurement == Approx(60).epsilon(1e-6));
    CHECK(b.rank == 2);
    CHECK(ranking.rows[0].name == "a");
}

TEST_CASE("a rule for the site's measurement: its value is that of the measurement") {
    const Land land;
    const auto of = [&](const std::string& rule) {
        const std::string value =
            rule.starts_with("{share") ? "{linear: {best: 0 %, worst: 80 %}}" : "{linear: {best: 0 m, worst: 10 m}}";
        return land
            .rank({site("a", 15, 50, 30, 20)},
                  "  t: {a: {measure: {sample: {of: hill}}, value: " + value + ", site: " + rule + "}}\n")
            .rows[0]
            .entries[0];
    };
    // Columns 1 and 4 by half, 2 and 3 to the full.
    CHECK(of("mean").measurement == Approx((0.5 * 1 + 2 + 3 + 0.5 * 4) / 3).epsilon(1e-9));
    CHECK(of("min").measurement == 1);
    CHECK(of("min").value == Approx(0.9));
    CHECK(of("max").measurement == 4);
    CHECK(of("max").value == Approx(0.6));
    CHECK(of("{share: {above: 2 m}}").measurement == Approx(50).epsilon(1e-9));
    CHECK(of("{share: {above: 2 m}}").value == Approx(1 - 50 / 80.0).epsilon(1e-9));
    CHECK(of("{share: {below: 0.2 cm}}").measurement == 0);
    CHECK(of("{share: {below: 2 m}}").measurement == Approx(100.0 / 6).epsilon(1e-9));
}

TEST_CASE("the class of a site is the one that most of it has") {
    const Land land;
    const std::string cover = "  t: {a: {measure: {category: {of: cover}}, value: {categories: {10: 1, 20: 0.5}}}}\n";
    const Ranking ranking = land.rank({site("west", 10, 50, 30, 20), site("east", 20, 50, 50, 20)}, cover);
    const SiteRow& west = row_of(ranking, "west"); // two columns of 10, one of 20
    CHECK(west.entries[0].measurement == 10);
    CHECK(west.entries[0].value == Approx((1 + 1 + 0.5) / 3).epsilon(1e-9)); // the mean of the cells' values
    CHECK(row_of(ranking, "east").entries[0].measurement == 20);
}

TEST_CASE("a share of a raster of classes is that of the ground") {
    const Land land;
    const Ranking ranking =
        land.rank({site("a", 10, 50, 40, 20)}, "  t:\n    b: {" + road +
                                                   "}\n    c: {measure: {sample: {of: cover}}, value: {linear: "
                                                   "{worst: 0 %, best: 100 %}}, site: {share: {above: 15}}}\n");
    CHECK(ranking.rows[0].entries[1].measurement == 50); // columns 1 and 2 are 10, columns 3 and 4 are 20
    CHECK(ranking.rows[0].entries[1].value == Approx(0.5));
}

TEST_CASE("what is assumed of a site is assumed of its ground") {
    const Land land;
    const Ranking ranking =
        land.rank({site("a", 10, 50, 30, 20, R"("price": 4)"), site("c", 40, 50, 30, 20, R"("price": null)")},
                  "  t:\n    b: {" + road + "}\n    p: {" + price + ", missing: worst}\n");
    CHECK(row_of(ranking, "a").shares.valid == 1);
    CHECK(row_of(ranking, "a").entries[1].known == 1);
    const SiteRow& c = row_of(ranking, "c");
    CHECK(c.shares.valid == 0);
    CHECK(c.shares.assumed == 1);
    CHECK(c.entries[1].known == 0);
    CHECK(c.entries[1].value == 0);
    CHECK(c.rank == 2);
}

TEST_CASE("fields of the sites enter the matrix, not the map") {
    const Land land;
    const Ranking ranking =
        land.rank({site("a", 10, 50, 30, 20, R"("price": 4)"), site("b", 10, 20, 30, 20, R"("price": 2.5)"),
                   site("c", 10, 80, 30, 20, R"("price": null)")},
                  "  t:\n    b: {weight: 3, " + road + "}\n    p: {weight: 1, " + price + "}\n");
    CHECK(ranking.columns[1].unit.name == "PKR/acre");
    const SiteRow& a = row_of(ranking, "a");
    CHECK(a.entries[1].measurement == 4);
    CHECK(a.entries[1].value == Approx(0.6));
    CHECK(a.score == Approx(0.75 * 0.75 + 0.25 * 0.6).epsilon(1e-6));
    CHECK(a.map_score == Approx(0.75).epsilon(1e-6));
    CHECK(row_of(ranking, "b").rank == 1);
    CHECK(a.rank == 2);
    const SiteRow& c = row_of(ranking, "c");
    CHECK(c.rank == 0);
    CHECK(c.reason == "no data for 'p'");
    CHECK(std::isnan(c.score)); // not the score of the rest
    CHECK(std::isnan(c.entries[0].part));
    CHECK(c.entries[0].value == Approx(0.75).epsilon(1e-6));
    CHECK(c.map_score == Approx(0.75).epsilon(1e-6));
}

TEST_CASE("a field's unit is that of the value function") {
    const Land land;
    const Ranking ranking =
        land.rank({site("a", 10, 50, 30, 20, R"("far": 4)")},
                  "  t:\n    b: {" + road +
                      "}\n    p: {measure: {site field: {field: far, unit: km}}, value: {linear: {best: 0 "
                      "m, worst: 10000 m}}}\n");
    CHECK(ranking.rows[0].entries[1].measurement == 4000); // base units
    CHECK(ranking.rows[0].entries[1].value == Approx(0.6));
}

TEST_CASE("missing data of a site") {
    const Land land;
    const std::vector<MadeFeature> sites{site("full", 10, 50, 20, 20), site("half", 40, 50, 20, 20),
                                         site("none", 60, 50, 20, 20)};
    const auto rank = [&](const std::string& missing) {
        return land.rank(sites, "  t:\n    h: {weight: 1, " + holes + ", missing: " + missing +
                                    "}\n    b: {weight: 3, " + road + "}\n");
    };
    SUBCASE("unknown") {
        const Ranking ranking = rank("unknown");
        CHECK(row_of(ranking, "half").shares.unknown == Approx(0.5));
        CHECK(row_of(ranking, "half").rank > 0); // half of it is usable
        CHECK(row_of(ranking, "half").entries[1].measurement == Approx(45).epsilon(1e-6));
        CHECK(row_of(ranking, "none").reason == "0.0 % usable, 50.0 % needed (100.0 % unknown: no data for 'h')");
    }
    SUBCASE("worst") {
        const Ranking ranking = rank("worst");
        const SiteRow& half = row_of(ranking, "half");
        CHECK(half.shares.assumed == Approx(0.5));
        CHECK(half.entries[0].measurement == Approx(3.5).epsilon(1e-9)); // rows 3 and 4, of the column with data
        CHECK(half.entries[0].value == Approx(0.65 / 2).epsilon(1e-6));  // with 0 for the other
        CHECK(half.score == Approx(half.map_score).epsilon(1e-6));
        const SiteRow& none = row_of(ranking, "none");
        CHECK(std::isnan(none.entries[0].measurement));
        CHECK(none.entries[0].value == 0);
        CHECK(none.shares.assumed == 1);
        CHECK(none.rank > 0);
    }
    SUBCASE("a value, which counts for its ground under any rule of the site") {
        const Ranking ranking = rank("0.4, site: max");
        CHECK(row_of(ranking, "half").entries[0].measurement == 4);
        CHECK(row_of(ranking, "half").entries[0].value == Approx(0.5 * 0.6 + 0.5 * 0.4));
        CHECK(row_of(ranking, "half").entries[0].known == 0.5);
        CHECK(row_of(ranking, "none").entries[0].known == 0);
        CHECK(row_of(ranking, "full").entries[0].known == 1);
        CHECK(ranking.columns[0].may_lack);
        CHECK_FALSE(ranking.columns[1].may_lack);
        CHECK(row_of(ranking, "none").entries[0].value == 0.4);
    }
    SUBCASE("leave out") {
        const Ranking ranking = rank("leave out");
        const SiteRow& none = row_of(ranking, "none");
        CHECK(std::isnan(none.entries[0].value));
        CHECK(std::isnan(none.entries[0].part));
        CHECK(none.score == Approx(none.entries[1].value).epsilon(1e-9));
        CHECK(none.entries[1].part == Approx(none.score).epsilon(1e-12));
        CHECK(none.rank > 0);
        const SiteRow& half = row_of(ranking, "half");
        CHECK(half.entries[0].value == Approx(0.65).epsilon(1e-6)); // of the cells with data
        CHECK(half.score == Approx(0.25 * 0.65 + 0.75 * 0.5).epsilon(1e-6));
    }
}

TEST_CASE("leaving a field out needs the rest to be enough") {
    const Land land;
    const std::vector<MadeFeature> sites{site("a", 10, 50, 30, 20, R"("price": null)")};
    const auto rank = [&](int weight) {
        return land
            .rank(sites, fmt::format("  t:\n    b: {{weight: {}, {}}}\n    p: {{weight: {}, {}, missing: leave out}}\n",
                                     100 - weight, road, weight, price))
            .rows[0];
    };
    CHECK(rank(30).rank == 1);
    CHECK(rank(30).score == Approx(0.75).epsilon(1e-6));
    CHECK(rank(31).rank == 0);
    CHECK(rank(31).reason == "data for 69.0 % of the weight, 70.0 % needed");
    CHECK(std::isnan(rank(31).score));
}

TEST_CASE("without an additive aggregation there are no contributions") {
    const Land land;
    const Ranking ranking = land.rank({site("a", 10, 50, 30, 20)}, two(), "aggregate: minimum\n");
    CHECK_FALSE(ranking.contributions);
    CHECK(std::isnan(ranking.rows[0].entries[0].part));
    CHECK(ranking.rows[0].score == Approx(0.75).epsilon(1e-6));     // the row's minimum
    CHECK(ranking.rows[0].map_score == Approx(0.75).epsilon(1e-6)); // the mean of the cells': the road's everywhere
}

TEST_CASE("the mean direction of a site") {
    const StudyFolder folder;
    // A valley that falls to the north: one side faces north-east, the other north-west.
    std::vector<float> valley, flat;
    for (int row = 0; row < 12; ++row)
        for (int col = 0; col < 12; ++col) {
            valley.push_back(static_cast<float>(10 * row + 5 * std::abs(col - 5.5)));
            flat.push_back(col < 8 ? 0 : static_cast<float>(row));
        }
    folder.raster("valley.tif", 12, valley);
    folder.raster("plain.tif", 12, flat);
    folder.features("sites.geojson", {site("both", 20, 20, 80, 80), site("east", 80, 20, 20, 80)});
    const auto p = folder.ready(
        square_area(12) + "layers: {valley: {source: valley.tif, unit: m}, plain: {source: plain.tif, unit: m}}\n"
                          "sites: {source: sites.geojson, name: name}\n"
                          "criteria:\n  t:\n"
                          "    a: {measure: {aspect: {of: valley}}, value: {piecewise: {0°: 1, 360°: 0}}}\n"
                          "    b: {measure: {aspect: {of: plain}}, value: {piecewise: {-1°: 0.5, 0°: 1, 360°: 0}}}\n");
    const Ranking ranking = ranked(*p);
    const double both = row_of(ranking, "both").entries[0].measurement;
    CHECK(std::min(both, 360 - both) < 0.01); // north, which is between the two and not 180°
    CHECK(row_of(ranking, "east").entries[0].measurement ==
          Approx(360 - std::atan(0.5) * 180 / std::acos(-1)).epsilon(1e-4));
    CHECK(row_of(ranking, "both").entries[1].measurement == -1); // most of it is flat
}

TEST_CASE("matrix: what is not known has the assumed value, as it has in a mean") {
    engine::Criterion criterion;
    criterion.missing = {engine::Missing::Policy::value, 0.5};
    CHECK(engine::partly_assumed(criterion, 1, 0.75) == 0.875);
    CHECK(engine::partly_assumed(criterion, engine::nan, 0) == 0.5);
    criterion.missing = {engine::Missing::Policy::leave_out};
    CHECK(engine::partly_assumed(criterion, 1, 0.75) == 1);
    CHECK(std::isnan(engine::partly_assumed(criterion, engine::nan, 0)));
}

TEST_CASE("before there are sites the ranking has its columns") {
    const StudyFolder folder;
    folder.raster("hill.tif", 10, std::vector<float>(100, 5));
    folder.features("road.geojson", {rectangle(0, 0, 1, 100)});
    folder.features("sites.geojson", {site("a", 10, 50, 30, 20, R"("plot": 7)")});
    const auto p = folder.ready(tests::square_area(10) +
                                "layers: {hill: {source: hill.tif, unit: m}, road: road.geojson}\n"
                                "sites: {source: sites.geojson, name: name, keep: [plot]}\ncriteria:\n" +
                                two());
    const Ranking none = engine::ranking_of_none(p->study, *p->model, p->territory), all = tests::ranked(*p);
    CHECK(none.rows.empty());
    REQUIRE(none.columns.size() == 2);
    CHECK(none.columns[1].name == "b");
    CHECK(none.columns[1].unit.name == "km");
    CHECK(none.kept == all.kept);
    CHECK(none.study == all.study);
    CHECK(none.contributions == all.contributions);
}
