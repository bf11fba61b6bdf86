// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/line_edges.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("edges are found by where they lie, with whose they are") {
    tests::Random random(3);
    std::vector<RoadLine> lines;
    for (int i = 0; i < 60; ++i)
        lines.push_back({tests::road(random, random.in(Box{0, 0, 3000, 3000}), 20, 90), 50});
    const LineEdges edges(lines);
    REQUIRE(edges.edges().size() == 60 * 20);
    for (const LineEdges::Edge& edge : edges.edges()) {
        CHECK(edge.segment.a == lines[edge.line].path[edge.edge]);
        CHECK(edge.segment.b == lines[edge.line].path[edge.edge + 1]);
    }
    for (int i = 0; i < 50; ++i) {
        const Point p = random.in(Box{0, 0, 3000, 3000});
        const Segment from{p, random.in(Box{p.x, p.y, p.x + 100, p.y + 100})};
        std::set<std::size_t> met, expected;
        edges.meeting(from.box(), [&](const LineEdges::Edge&, std::size_t number) { met.insert(number); });
        double least = HUGE_VAL;
        for (std::size_t k = 0; k < edges.edges().size(); ++k) {
            const Segment& s = edges.edges()[k].segment;
            least = std::min(least, squared_distance(s, from));
            if (s.box().intersects(from.box()))
                expected.insert(k);
        }
        CHECK(met == expected);
        CHECK(edges.nearest(from) == least);
        CHECK(edges.nearest(from, least / 2) == least / 2);
    }
}

TEST_CASE("places on edges") {
    const LineEdges::Edge edge{{{0, 0}, {10, 0}}, 3, 5};
    CHECK(place_on(edge, 0.25) == LinePlace{3, 5, 0.25});
    CHECK(place_on(edge, 1) == LinePlace{3, 6, 0}); // the next vertex
    CHECK(nearest_part(edge.segment, {2.5, 7}) == 0.25);
    CHECK(nearest_part(edge.segment, {-3, 7}) == 0);
    CHECK(nearest_part(edge.segment, {30, 7}) == 1);
    CHECK(crossing_part(edge.segment, {{5, -1}, {5, 3}}) == 0.5);
    CHECK(crossing_part({{5, -1}, {5, 3}}, edge.segment) == 0.25);
    CHECK(LinePlace{1, 5, 0.5} < LinePlace{1, 6, 0});
    CHECK(LinePlace{1, 9, 0.5} < LinePlace{2, 0, 0});
}

TEST_CASE("no lines, and lines in no place") {
    const LineEdges none({});
    CHECK(none.edges().empty());
    CHECK(std::isinf(none.nearest({{0, 0}, {1, 1}})));
    const std::vector<RoadLine> lost{{{{0, 0}, {NAN, 1}}, 50}};
    CHECK_THROWS_AS(LineEdges{lost}, Error);
}
