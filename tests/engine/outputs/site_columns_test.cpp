// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_columns.hpp"

#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace zonerank;
using namespace zonerank::engine;
using layers::Field;

namespace {

std::vector<std::string> names(const Ranking& ranking) {
    std::vector<std::string> result;
    for (const SiteColumn& column : site_columns(ranking))
        result.push_back(column.name);
    return result;
}

std::map<std::string, Field> fields(const Ranking& ranking, std::size_t row) {
    std::map<std::string, Field> result;
    for (const SiteColumn& column : site_columns(ranking))
        result[column.name] = column.of(ranking.rows.at(row));
    return result;
}

const std::vector<std::string> summary{"rank",    "id",       "name",    "score",       "map_score", "p10",
                                       "min",     "max",      "area_ha", "usable_ha",   "valid",     "assumed",
                                       "unknown", "excluded", "outside", "excluded_by", "reason"};

std::vector<std::string> with_summary(std::vector<std::string> more) {
    more.insert(more.begin(), summary.begin(), summary.end());
    return more;
}

} // namespace

TEST_CASE("site_columns: one name for everything, in the order of the design") {
    Ranking ranking = tests::small_ranking();
    CHECK(names(ranking) == with_summary({"main_road_km", "main_road_value", "main_road_part", "soil", "soil_value",
                                          "soil_part", "owner", "price"}));
    ranking.columns[1].may_lack = true;
    ranking.rows[0].entries[1].known = 0.25;
    CHECK(fields(ranking, 0)["soil_known"] == Field{0.25});
    CHECK(names(ranking) == with_summary({"main_road_km", "main_road_value", "main_road_part", "soil", "soil_known",
                                          "soil_value", "soil_part", "owner", "price"}));
    ranking.columns[1].may_lack = false;
    ranking.contributions = false;
    CHECK(names(ranking) == with_summary({"main_road_km", "main_road_value", "soil", "soil_value", "owner", "price"}));
}

TEST_CASE("site_columns: names that are taken get a number") {
    Ranking ranking;
    ranking.columns = {{.name = "area", .label = "", .theme = "", .unit = layers::unit_called("ha")},
                       {.name = "power-line", .label = "", .theme = "", .unit = layers::unit_called("km")},
                       {.name = "power line", .label = "", .theme = "", .unit = layers::unit_called("km")}};
    ranking.kept = {"Name", "name", "price"};
    CHECK(names(ranking) == with_summary({"area_ha_2", "area_value", "power_line_km", "power_line_value",
                                          "power_line_km_2", "power_line_value_2", "Name_2", "name_3", "price"}));
}

TEST_CASE("site_columns: measurements in their unit, classes by name, missing as null") {
    const Ranking ranking = tests::small_ranking();
    auto best = fields(ranking, 0);
    CHECK(best["rank"] == Field{std::int64_t{1}});
    CHECK(best["name"] == Field{std::string("Jatlan")});
    CHECK(best["score"] == Field{0.8125});
    CHECK(best["area_ha"] == Field{250.1234});
    CHECK(best["reason"] == Field{});
    CHECK(best["main_road_km"] == Field{1.2345});
    CHECK(best["main_road_part"] == Field{0.675});
    CHECK(best["soil"] == Field{std::string("clay")});
    CHECK(best["owner"] == Field{std::string("A. \"B\" C")});
    CHECK(best["price"] == Field{std::int64_t{5}});

    CHECK(fields(ranking, 2)["soil"] == Field{std::int64_t{2}}); // a class without a name

    auto unranked = fields(ranking, 3);
    CHECK(unranked["rank"] == Field{});
    CHECK(unranked["score"] == Field{});
    CHECK(unranked["main_road_km"] == Field{});
    CHECK(unranked["soil"] == Field{});
    CHECK(unranked["owner"] == Field{});
    CHECK(unranked["price"] == Field{}); // NaN
    CHECK(unranked["excluded"] == Field{0.92});
    CHECK(unranked["reason"] == Field{std::string("8 % is usable, 50 % are needed")});
}

TEST_CASE("site_columns: the mean of class codes is not a class") {
    Ranking ranking = tests::small_ranking();
    ranking.rows[0].entries[1].measurement = 1.5;
    CHECK(fields(ranking, 0)["soil"] == Field{1.5});
    ranking.rows[0].entries[1].measurement = -1;
    CHECK(fields(ranking, 0)["soil"] == Field{std::int64_t{-1}});
}
