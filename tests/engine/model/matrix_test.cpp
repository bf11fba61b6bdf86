// SPDX-License-Identifier: Apache-2.0
#include "engine/model/matrix.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;
using engine::Ranking;
using engine::SiteRow;
using tests::rectangle;
using tests::row_of;
using tests::StudyFolder;

namespace {

const float gap = rasters::no_data;

/// 10 x 10 cells of 10 m: heights grow by 1 m a column to the east; a road along
/// the western edge, a lake in the south-east.
class Land {
public:
    Land() {
        m_folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
        m_folder.features("lake.geojson", {rectangle(63, 0, 37, 40)});
        std::vector<float> heights, holes, cover;
        for (int row = 0; row < 10; ++row)
            for (int col = 0; col < 10; ++col) {
                heights.push_back(static_cast<float>(col));
                holes.push_back(col < 5 ? static_cast<float>(row) : gap);
                cover.push_back(static_cast<float>(col < 3 ? 10 : 20));
            }
        m_folder.raster("hill.tif", 10, heights);
        m_folder.raster("holes.tif", 10, holes);
        m_folder.raster("cover.tif", 10, cover);
    }

    Ranking rank(const std::vector<tests::MadeFeature>& sites, const std::string& criteria,
                 const std::string& more = "", const std::string& of_sites = "", int side = 512) const {
        m_folder.features("sites.geojson", sites);
        const auto p = m_folder.ready(tests::square_area(10) +
                                      "layers: {hill: {source: hill.tif, unit: m}, holes: {source: holes.tif, unit: "
                                      "m}, cover: {source: cover.tif, "
                                      "values: classes}, road: road.geojson, lake: lake.geojson}\n"
                                      "sites: {source: sites.geojson, name: name" +
                                      of_sites + "}\ncriteria:\n" + criteria + more);
        return tests::ranked(*p, side);
    }

private:
    StudyFolder m_folder;
};

const std::string hill = "measure: {sample: {of: hill}}, value: {linear: {best: 0 m, worst: 10 m}}";
const std::string holes = "measure: {sample: {of: holes}}, value: {linear: {best: 0 m, worst: 10 m}}";
const std::string road = "measure: {distance: {to: road}}, value: {linear: {best: 0 m, worst: 0.1 km}}";
const std::string price =
    "measure: {site field: {field: price, unit: PKR/acre}}, value: {linear: {best: 0, worst: 10 PKR/acre}}";
const std::string lake = "constraints: {lake: {inside: {of: lake}}}\n";

std::string two(const std::string& of_hill = "") {
    return "  t:\n    a: {weight: 1, " + hill + of_hill + "}\n    b: {weight: 3, " + road + "}\n";
}

tests::MadeFeature site(const std::string& name, double x, double y, double width, double height,
                        const std::string& more = "") {
    return rectangle(x, y, width, height, fmt::format(R"("name": "{}"{}{})", name, more.empty() ? "" : ", ", more));
}

double sum(const engine::StateShares& s) {
    return s.valid + s.assumed + s.unknown + s.excluded + s.outside;
}

} // namespace

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

TEST_CASE("a constraint's edge within the cell splits a site's ground") {
    const Land land;
    // The lake begins at 63 m: of the parts 60.0 .. 70.0 by 2.5 m, those from 62.5 m on have their centres in it.
    const Ranking ranking = land.rank({site("a", 50, 0, 20, 20)}, two(), lake);
    const SiteRow& a = row_of(ranking, "a");
    CHECK(a.shares.excluded == Approx(7.5 / 20).epsilon(1e-9));
    CHECK(a.shares.valid == Approx(12.5 / 20).epsilon(1e-9));
    CHECK(a.excluded_by == "lake");
    // Measured over what is left: column 5 to the full, a quarter of column 6.
    CHECK(a.entries[0].measurement == Approx((5 + 0.25 * 6) / 1.25).epsilon(1e-9));
    CHECK(a.score == Approx(a.map_score).epsilon(1e-6));
    CHECK(a.usable_ha == Approx(a.area_ha * 0.625).epsilon(1e-9));
}

TEST_CASE("areas are of the ellipsoid, not of the map") {
    const Land land;
    const SiteRow a = land.rank({site("a", 0, 0, 100, 100)}, two()).rows[0];
    // One hectare on the map, whose scale on the central meridian is 0.9996.
    CHECK(a.area_ha == Approx(1 / (0.9996 * 0.9996)).epsilon(1e-6));
    CHECK(a.usable_ha == Approx(a.area_ha).epsilon(1e-12));
}

TEST_CASE("sites smaller than a cell, beyond the area, beyond the grid") {
    const Land land;
    const Ranking ranking = land.rank({site("tiny", 21, 81, 2, 1), site("edge", 90, 90, 20, 10),
                                       site("far", 500, 500, 10, 10), site("corner", 95, 95, 40, 40)},
                                      two());
    const SiteRow& tiny = row_of(ranking, "tiny");
    CHECK(tiny.entries[0].measurement == 2);
    CHECK(tiny.score == Approx(0.25 * 0.8 + 0.75 * 0.75).epsilon(1e-6));
    CHECK(tiny.min == tiny.max);
    CHECK(tiny.rank == 1);
    const SiteRow& edge = row_of(ranking, "edge");
    CHECK(edge.shares.outside == Approx(0.5).epsilon(1e-7));
    CHECK(edge.shares.valid == Approx(0.5).epsilon(1e-7));
    CHECK(sum(edge.shares) == Approx(1).epsilon(1e-15));
    CHECK(edge.entries[0].measurement == 9);
    const SiteRow& far = row_of(ranking, "far");
    CHECK(far.shares.outside == 1);
    CHECK(far.rank == 0);
    CHECK(far.reason == "outside the area");
    CHECK(std::isnan(far.score));
    CHECK(std::isnan(far.map_score));
    const SiteRow& corner = row_of(ranking, "corner");
    CHECK(corner.reason == "1.6 % usable, 50.0 % needed (98.4 % outside the area)");
    CHECK(corner.rank == 0);
}

TEST_CASE("within the grid but outside the area is outside, too") {
    const StudyFolder folder;
    folder.features("area.geojson", {rectangle(0, 0, 20, 20), rectangle(80, 80, 20, 20)});
    folder.features("road.geojson", {{"", "LineString", {{0, -1000}, {0, 1000}}}});
    folder.features("sites.geojson", {site("between", 40.3, 41.7, 12.1, 9.9), site("in", 0, 0, 10, 10)});
    const auto p = folder.ready("area: {source: area.geojson}\ngrid: {crs: EPSG:32643, cell: 10 m}\n"
                                "layers: {road: road.geojson}\nsites: {source: sites.geojson, name: name}\n"
                                "criteria: {t: {b: {" +
                                road + "}}}\n");
    const Ranking ranking = tests::ranked(*p);
    CHECK(row_of(ranking, "between").shares.outside == 1);
    CHECK(row_of(ranking, "between").reason == "outside the area");
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

TEST_CASE("from the site's own edge, not from its cells") {
    const Land land;
    const Ranking ranking = land.rank({site("a", 23, 50, 30, 20)}, "  t: {b: {" + road + ", site: edge}}\n");
    CHECK(ranking.rows[0].entries[0].measurement == Approx(23).epsilon(1e-9));
    CHECK(ranking.rows[0].entries[0].value == Approx(0.77).epsilon(1e-9));
    CHECK(ranking.rows[0].score == Approx(0.77).epsilon(1e-9));
    CHECK(ranking.rows[0].map_score == Approx(1 - 0.38).epsilon(1e-3)); // the map's is that of the cells
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

TEST_CASE("ground that is all there is all there, whatever the shape's edges round to") {
    const Land land;
    const tests::MadeFeature star{
        R"("name": "star")", "Polygon", {{12.3, 51.7}, {47.9, 55.1}, {31.7, 83.3}, {29.9, 61.1}, {12.3, 51.7}}};
    const Ranking ranking = land.rank({star}, two(), "", ", needs: {usable: 100 %}");
    CHECK(ranking.rows[0].shares.outside == 0);
    CHECK(ranking.rows[0].shares.valid == 1);
    CHECK(ranking.rows[0].rank == 1);
}

TEST_CASE("a site far smaller than a cell is all there, too") {
    const Land land;
    const Ranking ranking = land.rank({site("dot", 10.3, 50.7, 0.31, 0.17), site("strip", 20.3, 50.7, 30.1, 0.07)},
                                      two(), "", ", needs: {usable: 100 %}");
    CHECK(row_of(ranking, "dot").rank > 0);
    CHECK(row_of(ranking, "strip").rank > 0);
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
    const std::vector<tests::MadeFeature> sites{site("full", 10, 50, 20, 20), site("half", 40, 50, 20, 20),
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
    const std::vector<tests::MadeFeature> sites{site("a", 10, 50, 30, 20, R"("price": null)")};
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

TEST_CASE("what a site needs") {
    const Land land;
    const std::vector<tests::MadeFeature> sites{site("dry", 0, 50, 40, 40), site("shore", 50, 0, 20, 20),
                                                site("wet", 60, 0, 20, 20), site("drowned", 80, 0, 20, 20)};
    const Ranking usual = land.rank(sites, two(), lake);
    CHECK(usual.rows[0].name == "dry");
    CHECK(row_of(usual, "shore").rank == 2);
    CHECK(row_of(usual, "wet").rank == 0);
    CHECK(row_of(usual, "wet").reason == "12.5 % usable, 50.0 % needed (87.5 % excluded, most by 'lake')");
    CHECK_FALSE(std::isnan(row_of(usual, "wet").score));
    const Ranking strict = land.rank(sites, two(), lake, ", needs: {usable: 63 %}");
    CHECK(row_of(strict, "shore").reason == "62.5 % usable, 63.0 % needed (37.5 % excluded, most by 'lake')");
    const Ranking large = land.rank(sites, two(), lake, ", needs: {usable: 10 %, area: 0.03 ha}");
    CHECK(row_of(large, "shore").reason == "0.025 ha usable, 0.030 ha needed");
    CHECK(row_of(large, "dry").rank == 1);
    const Ranking any = land.rank(sites, two(), lake, ", needs: {usable: 0 %}");
    CHECK(row_of(any, "wet").rank == 3);
    CHECK(row_of(any, "drowned").rank == 0);
    CHECK(row_of(any, "drowned").reason == "nothing usable (100.0 % excluded, most by 'lake')");
}

TEST_CASE("the constraint that excludes most of a site") {
    const Land land;
    const Ranking ranking =
        land.rank({site("a", 50, 0, 20, 20), site("b", 0, 80, 20, 20)}, two(),
                  "constraints:\n  road: {inside: {of: road, buffer: 52.5 m}}\n  lake: {inside: {of: lake}}\n");
    CHECK(row_of(ranking, "a").excluded_by == "lake"); // 7.5 m of it against 2.5 m
    CHECK(row_of(ranking, "b").excluded_by == "road");
    CHECK(row_of(ranking, "b").shares.usable() == 0);
    CHECK(std::isnan(row_of(ranking, "b").entries[0].known)); // of no ground nothing is known, or assumed
    CHECK(std::isnan(row_of(ranking, "b").entries[0].value));
}

TEST_CASE("without an additive aggregation there are no contributions") {
    const Land land;
    const Ranking ranking = land.rank({site("a", 10, 50, 30, 20)}, two(), "aggregate: minimum\n");
    CHECK_FALSE(ranking.contributions);
    CHECK(std::isnan(ranking.rows[0].entries[0].part));
    CHECK(ranking.rows[0].score == Approx(0.75).epsilon(1e-6));     // the row's minimum
    CHECK(ranking.rows[0].map_score == Approx(0.75).epsilon(1e-6)); // the mean of the cells': the road's everywhere
}

TEST_CASE("for weighted sums of means the score is the mean of the map, whatever the shapes") {
    const Land land;
    std::vector<tests::MadeFeature> sites;
    for (int i = 0; i < 8; ++i)
        sites.push_back({fmt::format(R"("name": "s{}")", i),
                         "Polygon",
                         {{5.0 + 9 * i, 3.0},
                          {21.0 + 9 * i, 17.0 + 5 * i},
                          {9.0 + 9 * i, 61.0 + 3 * i},
                          {1.0 + 9 * i, 40.0},
                          {5.0 + 9 * i, 3.0}}});
    const Ranking ranking = land.rank(
        sites,
        two() +
            "    weight: 1\n  u:\n    weight: 2\n    c: {measure: {category: {of: cover}}, value: {categories: {10: 1, "
            "20: 0.3}}}\n    h: {" +
            holes + ", missing: 0.2}\n",
        lake, ", needs: {usable: 0 %}");
    for (const SiteRow& row : ranking.rows) {
        CAPTURE(row.name);
        CHECK(row.score == Approx(row.map_score).epsilon(1e-6));
        double parts = 0;
        for (const engine::MatrixEntry& entry : row.entries)
            parts += entry.part;
        CHECK(parts == Approx(row.score).epsilon(1e-12));
        CHECK(sum(row.shares) == Approx(1).epsilon(1e-12));
        CHECK(row.min <= row.p10);
        CHECK(row.p10 <= row.max);
    }
}

TEST_CASE("the same ranking, to the bit, whatever the tiles") {
    const Land land;
    const std::vector<tests::MadeFeature> sites{site("a", 13, 7, 61, 55), site("b", 50, 0, 20, 20),
                                                site("c", 33, 61, 4, 4)};
    const auto rank = [&](int side) { return land.rank(sites, two(", site: max"), lake, "", side); };
    const Ranking whole = rank(512);
    for (const int side : {1, 7, 64}) {
        CAPTURE(side);
        const Ranking ranking = rank(side);
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const SiteRow &x = whole.rows[i], &y = ranking.rows[i];
            CHECK(x.name == y.name);
            CHECK(x.score == y.score);
            CHECK(x.map_score == y.map_score);
            CHECK(x.p10 == y.p10);
            CHECK(x.shares.excluded == y.shares.excluded);
            CHECK(x.entries[1].measurement == y.entries[1].measurement);
        }
    }
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
    const auto p =
        folder.ready(tests::square_area(12) +
                     "layers: {valley: {source: valley.tif, unit: m}, plain: {source: plain.tif, unit: m}}\n"
                     "sites: {source: sites.geojson, name: name}\n"
                     "criteria:\n  t:\n"
                     "    a: {measure: {aspect: {of: valley}}, value: {piecewise: {0°: 1, 360°: 0}}}\n"
                     "    b: {measure: {aspect: {of: plain}}, value: {piecewise: {-1°: 0.5, 0°: 1, 360°: 0}}}\n");
    const Ranking ranking = tests::ranked(*p);
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
