// SPDX-License-Identifier: Apache-2.0
#include "engine/connect.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using tests::rectangle;

namespace {

const char* const friction = R"(friction:
  ground: 6 km/h
  speeds: [{of: road, speed: 60 km/h, one way: oneway}]
)";

/// Three sites in a row of 400 m, the outer two on a one-way road to the east.
ConnectResult joined(const tests::StudyFolder& folder, const std::string& links, const std::string& more = "") {
    folder.features("road.geojson", {{R"("oneway": "yes")", "LineString", {{25, 205}, {375, 205}}}});
    folder.features("sites.geojson",
                    {rectangle(0, 180, 50, 50, R"("name": "west")"), rectangle(180, 300, 50, 50, R"("name": "middle")"),
                     rectangle(350, 180, 50, 50, R"("name": "east")")});
    const auto prepared = folder.prepared("study: S\n" + tests::square_area(40) + "layers: {road: road.geojson}\n" +
                                              friction + more + "sites: {source: sites.geojson, name: name}\n" + links,
                                          1, Asked{.links = true});
    REQUIRE_MESSAGE(prepared->problems.ok(), tests::text_of(prepared->problems));
    return connect(*prepared, {.output = folder.path("links"), .threads = 2}, false);
}

} // namespace

TEST_CASE("one way there by the road, back over the ground") {
    const tests::StudyFolder folder;
    const ConnectResult result =
        joined(folder, "links: {between: [sites], network: pairwise, cost per hour: 30, cost per km: 2}\n");
    const LinkMap& map = result.map;
    REQUIRE(map.places.size() == 3);
    CHECK(map.unknown.empty());
    REQUIRE(map.ways.size() == 3);
    const double apart = 0.35;                                                // km
    CHECK(map.minutes.at(0, 2) == doctest::Approx(apart).epsilon(0.06));      // 60 km/h
    CHECK(map.minutes.at(2, 0) == doctest::Approx(10 * apart).epsilon(0.06)); // 6 km/h
    const LinkMap::Way& way = map.ways[1];
    CHECK(way.link.a == 0);
    CHECK(way.link.b == 2);
    CHECK(way.link.minutes == doctest::Approx((map.minutes.at(0, 2) + map.minutes.at(2, 0)) / 2));
    CHECK(way.kilometres == doctest::Approx(apart).epsilon(0.06));
    CHECK(way.path.front().x < way.path.back().x);
    CHECK(way.cost == doctest::Approx(way.link.minutes / 2 + 2 * way.kilometres));
    CHECK(result.outputs == std::vector<std::string>{"links.geojson", "links.csv", "places.csv", "manifest.json"});
    CHECK(tests::read_file(folder.path("links/links.csv")) == links_csv(map));
    CHECK(tests::read_file(folder.path("links/links.geojson")) == links_geojson(map));
    CHECK(tests::read_file(folder.path("links/places.csv")) == places_csv(map));
}

TEST_CASE("what is farther than the limit is unknown, with the reason") {
    const tests::StudyFolder folder;
    const LinkMap map = joined(folder, "links: {between: [sites], limit: 1 min}\n").map;
    CHECK(map.ways.empty());
    REQUIRE(map.unknown.size() == 3);
    CHECK(map.unknown[0].reason == "farther apart than the limit of 1 min");
    CHECK(!std::isnan(map.minutes.at(0, 2)));
    CHECK(std::isnan(map.minutes.at(2, 0)));
}

TEST_CASE("a tree and hubs are drawn by the same ways as all pairs") {
    const tests::StudyFolder folder;
    const LinkMap all = joined(folder, "links: {between: [sites], network: pairwise}\n").map;
    const LinkMap tree = joined(folder, "links: {between: [sites]}\n").map;
    REQUIRE(tree.ways.size() == 2);
    for (const LinkMap::Way& way : tree.ways) {
        const auto same = std::ranges::find(all.ways, way.link, &LinkMap::Way::link);
        REQUIRE(same != all.ways.end());
        CHECK(same->path == way.path);
        CHECK(same->kilometres == way.kilometres);
        CHECK(way.cost == doctest::Approx(way.link.minutes));
    }
}
