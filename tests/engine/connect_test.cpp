// SPDX-License-Identifier: Apache-2.0
#include "engine/connect.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

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
LinkMap joined(const tests::StudyFolder& folder, const std::string& links, const std::string& more = "") {
    folder.features("road.geojson", {{R"("oneway": "yes")", "LineString", {{25, 205}, {375, 205}}}});
    folder.features("sites.geojson",
                    {rectangle(0, 180, 50, 50, R"("name": "west")"), rectangle(180, 300, 50, 50, R"("name": "middle")"),
                     rectangle(350, 180, 50, 50, R"("name": "east")")});
    const auto prepared = folder.prepared("study: S\n" + tests::square_area(40) + "layers: {road: road.geojson}\n" +
                                              friction + more + "sites: {source: sites.geojson, name: name}\n" + links,
                                          1, Asked{.links = true});
    REQUIRE_MESSAGE(prepared->problems.ok(), tests::text_of(prepared->problems));
    return connect(*prepared, {.output = folder.path("links.geojson"), .threads = 2, .overwrite = true}, false);
}

} // namespace

TEST_CASE("one way there by the road, back over the ground") {
    const tests::StudyFolder folder;
    const LinkMap map = joined(folder, "links: {between: [sites], network: pairwise}\n");
    REQUIRE(map.nodes.size() == 3);
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
    CHECK(tests::read_file(folder.path("links.csv")) == links_csv(map));
    CHECK(tests::read_file(folder.path("links.geojson")) == links_geojson(map));
}

TEST_CASE("what is farther than the limit is unknown, with the reason") {
    const tests::StudyFolder folder;
    const LinkMap map = joined(folder, "links: {between: [sites], limit: 1 min}\n");
    CHECK(map.ways.empty());
    REQUIRE(map.unknown.size() == 3);
    CHECK(map.unknown[0].reason == "farther apart than the limit of 1 min");
    CHECK(!std::isnan(map.minutes.at(0, 2)));
    CHECK(std::isnan(map.minutes.at(2, 0)));
}
