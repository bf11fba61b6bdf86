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
    map.nodes = {{"a, b", "sites", {179.5, 10}, standing[0]},
                 {"c", "ports", {-179.5, 20}, standing[1]},
                 {"d", "ports", {0, 0}, standing[2]}};
    map.ways = {{links[0], {{179.5, 10}, {179.5, 10}, {-179.5, 20}}, 1234.56789}};
    map.unknown = {{0, 2, "no way"}, {1, 2, "no way"}};
    return map;
}

} // namespace

TEST_CASE("the network as GeoJSON, cut at the antimeridian") {
    const json all = json::parse(links_geojson(some_map()));
    CHECK(all["type"] == "FeatureCollection");
    CHECK(all["name"] == "Lines \"of\" all");
    const json& features = all["features"];
    REQUIRE(features.size() == 6);
    CHECK(features[0]["properties"]["closeness"].get<double>() == doctest::Approx(60 / 11.002 / 2).epsilon(1e-5));
    CHECK(features[2]["properties"]["mean_minutes"].is_null());
    const json& link = features[3];
    CHECK(link["properties"]["minutes_there"] == 10);
    CHECK(link["properties"]["minutes_back"] == 12);
    CHECK(link["properties"]["kilometres"] == 1234.568);
    CHECK(link["geometry"] == json::parse(R"({"type": "MultiLineString", "coordinates":
        [[[179.5, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-179.5, 20.0]]]})"));
    CHECK(features[5]["geometry"].is_null());
    CHECK(features[5]["properties"]["reason"] == "no way");
}

TEST_CASE("the matrix leaves empty what is unknown") {
    CHECK(links_csv(some_map()) == "from,\"a, b\",c,d\n\"a, b\",0,10,\nc,12,0,\nd,,,0\n");
}

TEST_CASE("people are told each reason once") {
    CHECK(unknown_lines(some_map(), 5) == std::vector<std::string>{"no way: a, b - d, c - d"});
    CHECK(unknown_lines(some_map(), 1) == std::vector<std::string>{"no way: a, b - d and 1 more"});
    CHECK(links_table(some_map()).find("betweenness") != std::string::npos);
}
