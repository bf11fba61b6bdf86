// SPDX-License-Identifier: Apache-2.0
#include "engine/model/link_nodes.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
using tests::MadeFeature;
using tests::rectangle;

namespace {

/// 40 x 40 cells of 10 m: a lake in the west, a road in the east; three sites, two posts.
struct Land {
    Land() {
        folder.features("lake.geojson", {rectangle(0, 0, 100, 400)});
        folder.features("road.geojson", {{"", "LineString", {{355, 0}, {355, 400}}}});
        folder.features("sites.geojson", {rectangle(20, 100, 50, 50, R"("name": "wet")"),
                                          rectangle(150, 200, 60, 60, R"("name": "dry")"),
                                          rectangle(300, 100, 80, 80, R"("name": "by the road")")});
        folder.features("posts.geojson",
                        {{R"("name": "first")", "Point", {{203, 17}}}, {R"("name": null)", "Point", {{900, 900}}}});
        prepared = folder.prepared("study: S\n" + tests::square_area(40) + R"(layers:
  lake: lake.geojson
  road: road.geojson
  posts: posts.geojson
friction:
  area: {box: [500000, 3600000, 500400, 3600400], crs: EPSG:32643}
  speeds: [{of: road, speed: 50 km/h}]
  barriers: [lake]
sites: {source: sites.geojson, name: name}
links: {between: [sites, posts]}
)",
                                   1, Asked{.links = true});
        REQUIRE_MESSAGE(prepared->problems.ok(), tests::text_of(prepared->problems));
    }
    tests::StudyFolder folder;
    std::unique_ptr<Prepared> prepared;
};

} // namespace

TEST_CASE("places are where ways can end, by a road where there is one") {
    const Land land;
    Prepared& p = *land.prepared;
    std::vector<LinkNode> nodes = link_nodes(*p.study.links, p.territory, *p.sources);
    REQUIRE(nodes.size() == 5);
    const rasters::Box box = lonlat_box(nodes, p.territory.grid);
    CHECK(box.xmin < box.xmax);
    const auto friction = p.sources->friction(layers::friction_grid(*p.study.friction, p.territory.grid, box));
    place(nodes, p.territory.grid, *friction);
    const auto at = [&](std::size_t i) {
        return rasters::Point{nodes[i].at.x - tests::west, nodes[i].at.y - tests::south};
    };
    CHECK(nodes[0].no_way.find("lies on a barrier") == 0);
    CHECK(nodes[1].no_way.empty());
    CHECK(std::abs(at(1).x - 180) <= 5.001);
    CHECK(std::abs(at(1).y - 230) <= 5.001);
    CHECK(at(2).x == doctest::Approx(355)); // not the middle, at 340
    CHECK(std::abs(at(2).y - 140) <= 5.001);
    CHECK(nodes[3].name == "first");
    CHECK(at(3).x == doctest::Approx(203));
    CHECK(at(3).y == doctest::Approx(17));
    CHECK(nodes[4].name.find("posts ") == 0);
    CHECK(nodes[4].no_way == "lies outside the friction's area");
}

TEST_CASE("one place alone joins nothing") {
    const Land land;
    Prepared& p = *land.prepared;
    LinksSpec spec = *p.study.links;
    spec.between = {"road"};
    CHECK_THROWS_WITH_AS(link_nodes(spec, p.territory, *p.sources),
                         "links: 1 place in road; minimum spanning tree joins 2 to 500", layers::ErrorAt);
    spec.network = NetworkKind::pairwise;
    CHECK_THROWS_WITH_AS(link_nodes(spec, p.territory, *p.sources), "links: 1 place in road; pairwise joins 2 to 100",
                         layers::ErrorAt);
}
