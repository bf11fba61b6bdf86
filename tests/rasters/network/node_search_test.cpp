// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/node_search.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

RoadGraph graph_of(const std::vector<RoadLine>& lines, const Joining& joining = {}) {
    const std::vector<RoadLine> clean = clean_lines(lines);
    return RoadGraph(clean, LineEdges(clean), joining);
}

/// Streets between neighbouring crossings, some missing, some one-way.
std::vector<RoadLine> town(tests::Random& random, int side) {
    std::vector<RoadLine> lines;
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col)
            for (const Point d : {Point{100, 0}, Point{0, 100}})
                if (const Point p{100.0 * col, 100.0 * row}; random.below(5) > 0)
                    lines.push_back({{p, {p.x + d.x, p.y + d.y}}, random.in(5, 100), random.below(4) == 0});
    return lines;
}

/// By relaxing all edges until nothing changes (Bellman and Ford).
std::vector<double> brute(const RoadGraph& graph, std::uint32_t start, Going going) {
    std::vector<double> least(graph.nodes(), NodeSearch::nowhere);
    least[start] = 0;
    for (bool changed = true; std::exchange(changed, false);)
        for (const RoadGraph::Edge& edge : graph.edges())
            for (const bool back : {false, true}) {
                if (back && graph.one_way(edge))
                    continue;
                auto [from, to] = back ? std::tuple(edge.to, edge.from) : std::tuple(edge.from, edge.to);
                if (going == Going::to_starts)
                    std::swap(from, to);
                if (least[from] + edge.minutes < least[to] - 1e-12) {
                    least[to] = least[from] + edge.minutes;
                    changed = true;
                }
            }
    return least;
}

} // namespace

TEST_CASE("with and against the traffic, the minutes of brute force, up to a limit") {
    tests::Random random(3);
    std::size_t reached = 0;
    for (int round = 0; round < 10; ++round) {
        const RoadGraph graph = graph_of(town(random, 8));
        const auto start = static_cast<std::uint32_t>(random.below(static_cast<int>(graph.nodes())));
        for (const Going going : {Going::to_starts, Going::from_starts}) {
            const std::vector<double> expected = brute(graph, start, going);
            const double limit = random.in(0.1, 3);
            NodeSearch search(graph, going);
            search.run(std::vector<NodeStart>{{start, 0}}, limit);
            for (std::uint32_t node = 0; node < graph.nodes(); ++node)
                if (expected[node] <= limit)
                    CHECK(search.minutes(node) == doctest::Approx(expected[node]).epsilon(1e-12));
                else
                    CHECK(search.minutes(node) == NodeSearch::nowhere);
            CHECK(std::ranges::is_sorted(search.reached(), {}, [&](std::uint32_t n) { return search.minutes(n); }));
            reached += search.reached().size();
        }
    }
    CHECK(reached > 200);
}

TEST_CASE("of several starts the nearest, each after its own time, over links too") {
    const RoadGraph graph = graph_of({{{{0, 0}, {1000, 0}}, 60}, {{{1003, 0}, {2000, 0}}, 60}}, {.snap = 5});
    const std::uint32_t west = graph.node_at({0, 0, 0}), east = graph.node_at({1, 1, 0});
    NodeSearch search(graph, Going::from_starts);
    search.run(std::vector<NodeStart>{{west, 0}, {east, 0.5}});
    CHECK(search.minutes(graph.node_at({0, 1, 0})) == doctest::Approx(1));
    CHECK(search.minutes(graph.node_at({1, 0, 0})) == doctest::Approx(1.003));
    CHECK(search.minutes(east) == 0.5);
    CHECK(search.take().size() == graph.nodes());
}
