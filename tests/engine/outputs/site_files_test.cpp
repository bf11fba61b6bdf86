// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_files.hpp"

#include "engine/text/csv.hpp"
#include "rasters/core/error.hpp"
#include "rasters/crs.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <clocale>
#include <string>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

rasters::Grid utm_grid() {
    return {rasters::parse_crs("EPSG:32643").wkt, 30, 10'000, -122'000, 100, 100, {}};
}

std::string csv_of(const Ranking& ranking) {
    const tests::Folder folder;
    write_ranking_csv(ranking, folder / "ranking.csv");
    return tests::read_file(folder / "ranking.csv");
}

std::string geojson_of(const Ranking& ranking) {
    const tests::Folder folder;
    write_sites_geojson(ranking, utm_grid(), folder / "sites.geojson");
    return tests::read_file(folder / "sites.geojson");
}

} // namespace

TEST_CASE("site_files: the CSV, to the letter") {
    CHECK(csv_of(tests::small_ranking()) ==
          "rank,id,name,score,map_score,p10,min,max,area_ha,usable_ha,valid,assumed,unknown,excluded,outside,"
          "excluded_by,reason,main_road_km,main_road_value,main_road_part,soil,soil_value,soil_part,owner,price\n"
          "1,id-Jatlan,Jatlan,0.8125,0.8125,0.40625,0.40625,0.8125,250.1234,200.1,0.7,0.1,0,0.2,0,"
          "reservoir,,1.2345,0.9,0.675,clay,0.55,0.1375,\"A. \"\"B\"\" C\",5\n"
          "2,id-=Bong,'=Bong,0.5,0.5,0.25,0.25,0.5,250.1234,200.1,0.7,0.1,0,0.2,0,"
          "reservoir,,10,0.5,0.375,clay,0.5,0.125,,-7\n"
          "3,id-میرپور,میرپور,0.25,0.25,0.125,0.125,0.25,250.1234,200.1,0.7,0.1,0,0.2,0,"
          "reservoir,,20,0.2,0.15,2,0.4,0.1,'+92 300,0.1\n"
          ",\"id-Reservoir, bank\",\"Reservoir, bank\",,,,,,250.1234,20,0.08,0,0,0.92,0,"
          "reservoir,\"8 % is usable, 50 % are needed\",,,,,,,,\n");
}

TEST_CASE("site_files: Python's csv module reads the same fields") {
    const tests::Folder folder;
    write_ranking_csv(tests::small_ranking(), folder / "ranking.csv");
    const std::string read = tests::output_of("python3 -c \"import csv, json; print(json.dumps(list(csv.DictReader("
                                              "open('" +
                                              (folder / "ranking.csv").string() + "', newline='')))))\"");
    const auto rows = nlohmann::json::parse(read);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0]["owner"] == "A. \"B\" C");
    CHECK(rows[3]["name"] == "Reservoir, bank");
    CHECK(rows[2]["main_road_km"] == "20");
}

TEST_CASE("site_files: the GeoJSON is what Python and OGR take it for") {
    const tests::Folder folder;
    const std::string path = (folder / "sites.geojson").string();
    write_sites_geojson(tests::small_ranking(), utm_grid(), path);
    const auto json = nlohmann::ordered_json::parse(tests::output_of("python3 -m json.tool --no-ensure-ascii " + path));
    CHECK(json["type"] == "FeatureCollection");
    CHECK(json["name"] == "Mirpur \"SEZ\"");
    CHECK_FALSE(json.contains("crs"));
    REQUIRE(json["features"].size() == 4);
    const auto& best = json["features"][0]["properties"];
    CHECK(best.begin().key() == "rank");
    CHECK(best["rank"] == 1);
    CHECK(best["rank"].is_number_integer());
    CHECK(best["main_road_km"] == 1.2345);
    CHECK(best["soil"] == "clay");
    CHECK(best["reason"].is_null());
    CHECK(json["features"][1]["properties"]["name"] == "=Bong"); // no spreadsheet reads this
    CHECK(json["features"][1]["properties"]["owner"] == "");
    CHECK(json["features"][3]["properties"]["rank"].is_null());
    CHECK(json["features"][3]["properties"]["price"].is_null());

    const std::string told = tests::output_of("ogrinfo -al -so " + path);
    CHECK(told.find("Feature Count: 4") != std::string::npos);
    CHECK(told.find("Geometry: Polygon") != std::string::npos);
    CHECK(told.find("rank: Integer") != std::string::npos);
    CHECK(told.find("main_road_km: Real") != std::string::npos);
    CHECK(told.find("ID[\"EPSG\",4326]") != std::string::npos);
    // Back in the grid's CRS, the corners are within the 7 decimals (1.1 cm) of the sites' own.
    const auto back = nlohmann::json::parse(tests::output_of(
        "ogr2ogr -f GeoJSON -lco RFC7946=NO -t_srs EPSG:32643 -lco COORDINATE_PRECISION=4 /vsistdout/ " + path));
    CHECK(back["features"][0]["geometry"]["coordinates"][0][0][0] == doctest::Approx(300'000).epsilon(1e-7));
    CHECK(back["features"][0]["geometry"]["coordinates"][0][0][1] == doctest::Approx(3'660'000).epsilon(1e-8));
}

TEST_CASE("site_files: the bounding box holds every corner and no more") {
    const auto json = nlohmann::json::parse(geojson_of(tests::small_ranking()));
    double west = 999, south = 999, east = -999, north = -999;
    for (const auto& feature : json["features"])
        for (const auto& point : feature["geometry"]["coordinates"][0]) {
            west = std::min(west, point[0].get<double>());
            east = std::max(east, point[0].get<double>());
            south = std::min(south, point[1].get<double>());
            north = std::max(north, point[1].get<double>());
        }
    CHECK(json["bbox"] == nlohmann::json{west, south, east, north});
}

TEST_CASE("site_files: several polygons, holes and nothing at all") {
    Ranking ranking = tests::small_ranking();
    ranking.rows[0].shape.polygons.push_back(
        {{tests::square(310'000, 3'660'000, 500), tests::square(310'100, 3'660'100, 50)}});
    ranking.rows[1].shape = {};
    const auto json = nlohmann::json::parse(geojson_of(ranking));
    CHECK(json["features"][0]["geometry"]["type"] == "MultiPolygon");
    CHECK(json["features"][0]["geometry"]["coordinates"].size() == 2);
    CHECK(json["features"][0]["geometry"]["coordinates"][1].size() == 2);
    CHECK(json["features"][1]["geometry"].is_null());
    ranking.rows.clear();
    const auto empty = nlohmann::json::parse(geojson_of(ranking));
    CHECK(empty["features"].empty());
    CHECK_FALSE(empty.contains("bbox"));
}

TEST_CASE("site_files: the user's locale has no say") {
    const std::string csv = csv_of(tests::small_ranking()), json = geojson_of(tests::small_ranking());
    if (!std::setlocale(LC_ALL, "de_DE.UTF-8") && !std::setlocale(LC_ALL, "fr_FR.UTF-8"))
        MESSAGE("no locale with a decimal comma is installed here");
    CHECK(csv_of(tests::small_ranking()) == csv);
    CHECK(geojson_of(tests::small_ranking()) == json);
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("site_files: a file that can't be written is an error that names it") {
    CHECK_THROWS_WITH_AS(write_ranking_csv(tests::small_ranking(), "/nowhere/ranking.csv"),
                         doctest::Contains("/nowhere/ranking.csv"), Error);
    CHECK_THROWS_WITH_AS(write_ranking_csv(tests::small_ranking(), "/dev/full"), doctest::Contains("/dev/full"), Error);
    CHECK_THROWS_WITH_AS(write_sites_geojson(tests::small_ranking(), utm_grid(), "/dev/full"),
                         doctest::Contains("/dev/full"), Error);
}
