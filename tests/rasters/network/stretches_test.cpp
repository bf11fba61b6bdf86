// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/stretches.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

RoadGraph graph_of(const std::vector<RoadLine>& lines) {
    return RoadGraph(lines, LineEdges(lines), {});
}

/// One line of 60 km/h: 1 km to the east and 2 km to the north.
std::vector<RoadLine> bent(bool one_way) {
    return {{{{0, 0}, {1000, 0}, {1000, 2000}}, 60, one_way}};
}

} // namespace

TEST_CASE("pieces of an edge from either end, each where it is sooner somewhere") {
    const RoadGraph graph = graph_of(bent(false));
    Stretches stretches(graph);
    stretches.add(graph.edges()[0], 5, 5);
    const std::vector<Approach> both = stretches.take();
    REQUIRE(both.size() == 3);
    CHECK(both[0].segment == Segment{{0, 0}, {1000, 0}});
    CHECK(both[0].minutes == 5);
    CHECK(both[0].minutes_per_metre == doctest::Approx(0.001));
    CHECK(both[1].minutes == 6);
    CHECK(both[2].segment == Segment{{1000, 2000}, {1000, 0}});
    CHECK(both[2].minutes == 5);
}

TEST_CASE("what begins beyond the limit is left out") {
    const RoadGraph graph = graph_of(bent(false));
    Stretches stretches(graph, 5.5);
    stretches.add(graph.edges()[0], 5, NodeSearch::nowhere);
    CHECK(stretches.take().size() == 1);
    Stretches none(graph, 4);
    none.add(graph.edges()[0], 5, NodeSearch::nowhere);
    none.add_place({.points = {{7, 7}}});
    const std::vector<Approach> place = none.take();
    REQUIRE(place.size() == 1);
    CHECK(place[0].segment == Segment{{7, 7}, {7, 7}});
    CHECK(place[0].minutes == 0);
}

TEST_CASE("from a search's starts one gets along one-way lines in their direction") {
    for (const bool one_way : {false, true}) {
        const RoadGraph graph = graph_of(bent(one_way));
        for (const LinePlace from : {LinePlace{0, 0, 0}, LinePlace{0, 2, 0}}) {
            NodeSearch search(graph, Going::from_starts);
            search.run(std::vector<NodeStart>{{graph.node_at(from), 0}}, 1.5);
            Stretches stretches(graph, 1.5);
            stretches.add_reached(search);
            const bool at_begin = from.edge == 0;
            CHECK(stretches.take().size() == (at_begin ? 2U : one_way ? 0U : 1U));
        }
    }
}
