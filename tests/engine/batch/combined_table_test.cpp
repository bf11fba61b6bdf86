// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/combined_table.hpp"

#include "engine/batch/batch_jobs.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
using Json = nlohmann::ordered_json;
using layers::Field;

// What a server makes of it is tested with a real one: tests/app/postgis_test.py.

namespace {

CombinedSite site(const std::string& name, int rank, const std::string& plot) {
    return {.rank = rank,
            .district = "Mirpur",
            .properties =
                Json::parse(R"({"rank":)" + std::to_string(rank) + R"(,"district":"Mirpur","district_rank":1,)" +
                            R"("name":")" + name + R"(","score":1,"plot":)" + plot + "}"),
            .geometry = Json::parse(R"({"type":"Polygon","coordinates":[[[73,33],[73.1,33],[73.1,33.1],[73,33]]]})")};
}

BatchSummary batch_of(const std::vector<std::string>& studies) {
    BatchSummary summary{.study = "3 studies", .grid = "", .of_studies = true, .no_ranking = ""};
    for (const std::string& name : studies)
        summary.rows.push_back({.name = name, .folder = name, .state = BatchRow::State::done, .best_score = {}});
    return summary;
}

} // namespace

TEST_CASE("combined_table: what the files have, ranks alone whole, in longitude and latitude") {
    const std::vector<CombinedSite> sites{site("Alpha", 1, "7"), site("Beta", 2, "8.5")};
    const SiteTable table = combined_table("Zones", "run", sites);
    CHECK(table.columns == std::vector<std::string>{"rank", "district", "district_rank", "name", "score", "plot"});
    std::vector<std::string> types;
    for (const TableColumn& column : table_columns(table))
        types.push_back(column.type);
    CHECK(types ==
          std::vector<std::string>{"bigint", "text", "bigint", "text", "double precision", "double precision"});
    CHECK(table.crs.authority == "EPSG:4326");
    CHECK(table.field(1, 0) == Field{std::int64_t{2}});
    CHECK(table.field(1, 4) == Field{1.0});
    REQUIRE(table.ground(0, true).size() == 1);
    CHECK(table.ground(0, true).front().rings.front()[1].x == 73.1);
    CHECK(copy_lines(table, false, 4326).starts_with("Zones\trun\t1\tMirpur\t1\tAlpha\t1\t7\t0106000020E6100000"));
}

TEST_CASE("combined_table: numbers that no double holds stay as they are") {
    const std::vector<CombinedSite> sites{site("Alpha", 1, "9007199254740993"), site("Beta", 2, "3")};
    const SiteTable table = combined_table("Zones", "run", sites);
    CHECK(table_columns(table).back().type == "bigint");
    CHECK(table.field(0, 5) == Field{std::int64_t{9007199254740993}});
    CHECK(combined_table("Zones", "run", {}).sites == 0);
}

TEST_CASE("combined_table: rows are those of a title, or of the studies by their names") {
    BatchSummary summary = batch_of({"north", "south"});
    CHECK(rows_of(summary) == "north, south");
    summary.of_studies = false;
    CHECK(rows_of(summary) == "3 studies");
    std::vector<std::string> many;
    for (int i = 0; i < 100; ++i)
        many.push_back("study-" + std::to_string(i));
    const std::string named = rows_of(batch_of(many));
    CHECK(named.starts_with("100 studies, study-0 to study-99 ("));
    many[50] = "other";
    CHECK(rows_of(batch_of(many)) != named);
}

TEST_CASE("combined_table: nothing is written of a part, or without a ranking") {
    BatchSummary summary = batch_of({"north", "south"});
    CHECK(why_no_table(summary).empty());
    summary.rows[1].state = BatchRow::State::waiting;
    CHECK(why_no_table(summary) == "1 of 2 studies had no turn yet");
    CHECK(write_combined_to_postgis("nowhere", summary, {}, {.database = "PG:dbname=x"}).empty());
    summary.rows[1].state = BatchRow::State::failed; // it had its turn
    summary.no_ranking = "no district has a ranked site";
    CHECK(why_no_table(summary) == "no district has a ranked site");
}

TEST_CASE("combined_table: what stands in the way is told before anything is run") {
    const tests::Folder folder;
    const PostgisTarget target{.database = "PG:dbname=zones host=" + folder.path().string()};
    BatchJobs jobs;
    CHECK_THROWS_WITH_AS(check_combined_table(jobs, target),
                         "--to-postgis writes ranked sites, and the study has no `sites`", Error);
    jobs.have_sites = true;
    CHECK_THROWS_WITH_AS(check_combined_table(jobs, target),
                         doctest::Contains("--to-postgis: database 'zones': connection to server"), Error);
    jobs.no_ranking = "the studies score by different criteria";
    CHECK_THROWS_WITH_AS(check_combined_table(jobs, target),
                         "--to-postgis writes the combined ranking, and there is none: the studies score by different "
                         "criteria",
                         Error);
    const std::vector<CombinedSite> sites{site("Alpha", 1, "7")};
    CHECK_THROWS_WITH_AS(check_combined_table(sites, target),
                         doctest::Contains("--to-postgis: database 'zones': connection to server"), Error);
    tests::write_file(folder / "sites.geojson", "{}");
    CHECK_THROWS_WITH_AS(write_combined_to_postgis(folder.path(), batch_of({"north"}), sites, target),
                         doctest::Contains(" is complete, but --to-postgis: database 'zones': connection to"), Error);
}
