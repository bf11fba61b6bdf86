// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/site_rows.hpp"

#include "engine/outputs/site_columns.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

const Territory territory{.crs = rasters::parse_crs("EPSG:32643"),
                          .grid = {rasters::parse_crs("EPSG:32643").wkt, 300'000, 3'680'000, 100, 10, 10}};

std::vector<TableColumn> columns_of(const Ranking& ranking) {
    return table_columns(table_of(ranking, territory, "run"));
}

std::string lines_of(const Ranking& ranking, bool lonlat, int srid) {
    return copy_lines(table_of(ranking, territory, "run"), lonlat, srid);
}

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        c == by ? parts.emplace_back() : parts.back() += c;
    return parts;
}

Ranking of_kept(const std::string& name, const layers::Field& field) {
    Ranking ranking = tests::small_ranking();
    ranking.kept = {name};
    for (SiteRow& row : ranking.rows)
        row.kept = {field};
    return ranking;
}

TableColumn last_column(const std::string& name, const layers::Field& field) {
    const Ranking ranking = of_kept(name, field);
    return columns_of(ranking).back();
}

} // namespace

TEST_CASE("site_rows: the columns of all site files, in order, with types") {
    const Ranking ranking = tests::small_ranking();
    const std::vector<TableColumn> columns = columns_of(ranking);
    const std::vector<SiteColumn> files = site_columns(ranking);
    REQUIRE(columns.size() == files.size());
    for (std::size_t i = 0; i < files.size(); ++i)
        CHECK(columns[i].name == files[i].name);
    CHECK(columns[0].type == "bigint"); // rank
    CHECK(columns[2].type == "text");   // name
    CHECK(columns[3].type == "double precision");
    CHECK(last_column("note", std::int64_t{4}).type == "bigint");
    CHECK(last_column("note", 4.5).type == "double precision");
    CHECK(last_column("note", std::string("4")).type == "text");
    CHECK(last_column("note", {}).empty);
}

TEST_CASE("site_rows: names that PostgreSQL or we keep for ourselves give way") {
    CHECK(last_column("study", 1.0).name == "study_");
    CHECK(last_column("geom", 1.0).name == "geom_");
    CHECK(last_column("xmin", 1.0).name == "xmin_");
    const TableColumn cut = last_column(std::string(40, 'a') + std::string(40, 'b'), 1.0);
    CHECK(cut.name == std::string(40, 'a') + std::string(23, 'b'));
    std::string urdu; // two bytes each: never cut within
    for (int i = 0; i < 40; ++i)
        urdu += "م";
    CHECK(last_column(urdu, 1.0).name.size() == 62);
}

TEST_CASE("site_rows: long names that are the same when cut stay apart") {
    Ranking ranking = tests::small_ranking();
    ranking.kept = {std::string(70, 'a'), std::string(71, 'a')};
    for (SiteRow& row : ranking.rows)
        row.kept = {layers::Field{}, layers::Field{}};
    const std::vector<TableColumn> columns = columns_of(ranking);
    CHECK(columns[columns.size() - 2].name == std::string(63, 'a'));
    CHECK(columns.back().name == std::string(57, 'a') + "_2");
}

TEST_CASE("site_rows: a line per site, in which no text ends a field, a line or the data") {
    Ranking ranking = of_kept("note", std::string("a\tb\\c\nd\re\\.\xff'; DROP TABLE x; -- 🏭"));
    ranking.study = "\\.";
    const std::vector<std::string> lines = split(lines_of(ranking, false, 32643), '\n');
    REQUIRE(lines.size() == ranking.rows.size() + 1);
    CHECK(lines.back().empty());
    const std::vector<std::string> fields = split(lines.front(), '\t');
    REQUIRE(fields.size() == columns_of(ranking).size() + 3);
    CHECK(fields[0] == "\\\\.");
    CHECK(fields[1] == "run");
    CHECK(fields[fields.size() - 2] == "a\\tb\\\\c\\nd\\re\\\\.\xEF\xBF\xBD'; DROP TABLE x; -- 🏭");
}

TEST_CASE("site_rows: what is not there is NULL, and a text with a character 0 is refused by its site") {
    Ranking ranking = of_kept("note", {});
    ranking.rows.resize(1);
    ranking.rows[0].shape = {};
    const std::vector<std::string> fields = split(lines_of(ranking, false, 32643), '\t');
    CHECK(fields.back() == "\\N\n");
    CHECK(fields[fields.size() - 2] == "\\N");
    ranking = of_kept("note", std::string("a\0b", 3));
    ranking.rows[0].name = "Mirpur";
    CHECK_THROWS_WITH_AS(lines_of(ranking, false, 32643),
                         "site 'Mirpur': a text holds the character 0, which PostgreSQL can't", Error);
}

TEST_CASE("site_rows: ground as PostGIS has it") {
    const rasters::Polygon triangle{{{{0, 0}, {1, 0}, {0, 2}, {0, 0}}}};
    // SELECT ST_AsHEXEWKB('SRID=4326;MULTIPOLYGON(((0 0,1 0,0 2,0 0)))', 'NDR')
    CHECK(
        ewkb_hex({triangle}, 4326) ==
        "0106000020E6100000010000000103000000010000000400000000000000000000000000000000000000000000000000F03F0000000000"
        "00000000000000000000000000000000000040"
        "00000000000000000000000000000000");
    Ranking ranking = tests::small_ranking();
    ranking.rows.resize(1);
    ranking.rows[0].shape = tests::square_shape(300'000, 3'679'000, 1000);
    const std::string lonlat = split(lines_of(ranking, true, 4326), '\t').back();
    CHECK(lonlat.starts_with("0106000020E6100000"));
    CHECK(split(lines_of(ranking, false, 32643), '\t').back().starts_with("0106000020837F0000"));
}
