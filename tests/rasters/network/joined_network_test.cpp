// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/joined_network.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("places become nodes of the graph, from each of which a search can start") {
    const OffNetwork off{.minutes_per_metre = 0.01, .within = 500};
    const std::vector<Shape> places{{.points = {{300, 100}}}, {.points = {{0, 900}}}, {.points = {{600, 0}}}};
    const JoinedNetwork network({{{{0, 0}, {0, 0}, {1000, 0}}, 60}}, addresses(places), {}, off);
    CHECK(network.graph().nodes() == 4);
    CHECK(network.graph().edges().size() == 3);
    CHECK(network.starts(1).empty());
    for (const NodeStart& start : network.starts(0)) {
        CHECK(start.minutes == doctest::Approx(1));
        CHECK(network.graph().minutes_to(network.starts(2))[start.node] == doctest::Approx(0.3));
    }
    CHECK(network.starts().size() == network.starts(0).size() + network.starts(2).size());
    CHECK(network.landings().off == 1);
    CHECK(network.access().within == 500);
}

TEST_CASE("a speed of nothing is told") {
    CHECK_THROWS_AS(JoinedNetwork({{{{0, 0}, {1000, 0}}, 0}}, {}, {}, {}), Error);
}
