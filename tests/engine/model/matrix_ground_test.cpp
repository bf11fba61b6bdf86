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
    const Ranking ranking = ranked(*p);
    CHECK(row_of(ranking, "between").shares.outside == 1);
    CHECK(row_of(ranking, "between").reason == "outside the area");
}

TEST_CASE("from the site's own edge, not from its cells") {
    const Land land;
    const Ranking ranking = land.rank({site("a", 23, 50, 30, 20)}, "  t: {b: {" + road + ", site: edge}}\n");
    CHECK(ranking.rows[0].entries[0].measurement == Approx(23).epsilon(1e-9));
    CHECK(ranking.rows[0].entries[0].value == Approx(0.77).epsilon(1e-9));
    CHECK(ranking.rows[0].score == Approx(0.77).epsilon(1e-9));
    CHECK(ranking.rows[0].map_score == Approx(1 - 0.38).epsilon(1e-3)); // the map's is that of the cells
}

TEST_CASE("ground that is all there is all there, whatever the shape's edges round to") {
    const Land land;
    const MadeFeature star{
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

TEST_CASE("what a site needs") {
    const Land land;
    const std::vector<MadeFeature> sites{site("dry", 0, 50, 40, 40), site("shore", 50, 0, 20, 20),
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

TEST_CASE("for weighted sums of means the score is the mean of the map, whatever the shapes") {
    const Land land;
    std::vector<MadeFeature> sites;
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
    const std::vector<MadeFeature> sites{site("a", 13, 7, 61, 55), site("b", 50, 0, 20, 20), site("c", 33, 61, 4, 4)};
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
