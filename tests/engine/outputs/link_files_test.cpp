// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/link_files.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::engine;
using nlohmann::json;

namespace {

LinkMap some_map() {
    LinkMap map;
    map.study = "Lines \"of\" all";
    map.minutes = MinutesMatrix(3);
    for (std::size_t i = 0; i < 3; ++i)
        map.minutes.at(i, i) = 0;
    map.minutes.at(0, 1) = 10.004;
    map.minutes.at(1, 0) = 12;
    const std::vector<Link> links{{0, 1, 11.002}};
    const std::vector<Standing> standing = standings(3, links);
    map.places = {{"a, b", "sites", {179.5, 10}, standing[0], ""},
                  {"c", "ports", {-179.5, 20}, standing[1], ""},
                  {"d", "ports", {0, 0}, standing[2], ""}};
    map.ways = {{links[0], {{179.5, 10}, {179.5, 10}, {-179.5, 20}}, 1234.56789, 77.5}};
    map.unknown = {{0, 2, "no way", true}, {1, 2, "no way, either", false}};
    return map;
}

} // namespace

TEST_CASE("the network as GeoJSON, cut at the antimeridian") {
    const json all = json::parse(links_geojson(some_map()));
    CHECK(all["type"] == "FeatureCollection");
    CHECK(all["name"] == "Lines \"of\" all");
    const json& features = all["features"];
    REQUIRE(features.size() == 5);
    CHECK(features[0]["properties"]["closeness"].get<double>() == doctest::Approx(60 / 11.002 / 2).epsilon(1e-5));
    CHECK(features[2]["properties"]["mean_minutes"].is_null());
    const json& link = features[3];
    CHECK(link["properties"]["minutes_there"] == 10.004);
    CHECK(link["properties"]["minutes_back"] == 12);
    CHECK(link["properties"]["kilometres"] == 1234.568);
    CHECK(link["properties"]["cost"] == 77.5);
    CHECK(link["properties"]["from"] == "a, b");
    CHECK(link["geometry"] == json::parse(R"({"type": "MultiLineString", "coordinates":
        [[[179.5, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-179.5, 20.0]]]})"));
    CHECK(features[4]["geometry"].is_null());
    CHECK(features[4]["properties"]["reason"] == "no way");
}

TEST_CASE("a row for each pair, and for each place; empty where nothing is known") {
    CHECK(links_csv(some_map()) == "from,to,linked,minutes,minutes_there,minutes_back,kilometres,cost,unknown\n"
                                   "\"a, b\",c,yes,11.002,10.004,12,1234.568,77.5,\n"
                                   "\"a, b\",d,no,,,,,,no way\n"
                                   "c,d,no,,,,,,\"no way, either\"\n");
    CHECK(places_csv(some_map()) == "name,of,longitude,latitude,links,reached,mean_minutes,closeness,betweenness\n"
                                    "\"a, b\",sites,179.5,10,1,1,11.002,2.726777,0\n"
                                    "c,ports,-179.5,20,1,1,11.002,2.726777,0\n"
                                    "d,ports,0,0,0,0,,0,0\n");
}

TEST_CASE("people are told each reason once") {
    LinkMap map = some_map();
    CHECK(unknown_lines(map, 5) == std::vector<std::string>{"no way: a, b - d"});
    map.unknown[1] = {1, 2, "no way", true};
    CHECK(unknown_lines(map, 5) == std::vector<std::string>{"no way: a, b - d, c - d"});
    CHECK(unknown_lines(map, 1) == std::vector<std::string>{"no way: a, b - d and 1 more"});
    map.places[2].no_way = "lies in a lake";
    CHECK(unknown_lines(map, 5) == std::vector<std::string>{"'d' lies in a lake; it is linked to none"});
    CHECK(links_table(map).find("betweenness") != std::string::npos);
    CHECK(links_table(map).find("1234.6  77.5") != std::string::npos);
}
