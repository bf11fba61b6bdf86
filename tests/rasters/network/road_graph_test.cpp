// SPDX-License-Identifier: Apache-2.0
#include "rasters/network/road_graph.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <utility>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

RoadGraph graph_of(const std::vector<RoadLine>& lines, const Joining& joining = {},
                   const std::vector<LinePlace>& further = {}) {
    const std::vector<RoadLine> clean = clean_lines(lines);
    return RoadGraph(clean, LineEdges(clean), joining, further);
}

/// Streets of a town: those between neighbouring crossings, some of them missing, some
/// one-way, some bent, each of two to four pieces.
std::vector<RoadLine> town(tests::Random& random, int side) {
    std::vector<RoadLine> lines;
    const auto add = [&](Point a, Point b) {
        if (random.below(5) == 0)
            return;
        Path path{a};
        for (int i = random.below(3); i >= 0; --i)
            path.push_back({(a.x + b.x) / 2 + random.in(-30, 30), (a.y + b.y) / 2 + random.in(-30, 30)});
        path.push_back(b);
        lines.push_back({std::move(path), random.in(5, 100), random.below(4) == 0});
    };
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col) {
            const Point p{100.0 * col, 100.0 * row};
            add(p, {p.x + 100, p.y});
            add(p, {p.x, p.y + 100});
        }
    return lines;
}

using Places = std::map<std::pair<double, double>, double>;

/// Minutes from each vertex to a place by relaxing all pieces of all lines until nothing
/// changes (Bellman and Ford).
Places brute(const std::vector<RoadLine>& lines, Point to) {
    Places least{{{to.x, to.y}, 0.0}};
    for (bool changed = true; changed;) {
        changed = false;
        const auto relax = [&](Point from, Point next, double minutes) {
            const auto known = least.find({next.x, next.y});
            if (known == least.end())
                return;
            const double through = known->second + minutes;
            const auto [own, is_new] = least.try_emplace({from.x, from.y}, through);
            if (!is_new && through >= own->second - 1e-12)
                return;
            own->second = std::min(own->second, through);
            changed = true;
        };
        for (const RoadLine& line : lines)
            for (std::size_t i = 0; i + 1 < line.path.size(); ++i) {
                const Point a = line.path[i], b = line.path[i + 1];
                const double minutes = std::hypot(b.x - a.x, b.y - a.y) / (line.km_per_hour * 1000 / 60);
                relax(a, b, minutes);
                if (!line.one_way)
                    relax(b, a, minutes);
            }
    }
    return least;
}

Places solved(const std::vector<RoadLine>& lines, LinePlace to) {
    const RoadGraph graph = graph_of(lines);
    const std::vector<double> minutes = graph.minutes_to(std::vector<NodeStart>{{graph.node_at(to), 0}});
    Places places;
    for (const RoadGraph::Edge& edge : graph.edges()) {
        const Path& path = lines[edge.begin.line].path;
        for (const auto& [place, node] : {std::pair(edge.begin, edge.from), std::pair(edge.end, edge.to)})
            places[{path[place.edge].x, path[place.edge].y}] = minutes[node];
    }
    return places;
}

} // namespace

TEST_CASE("minutes along random towns are those of brute force") {
    tests::Random random(11);
    int reached = 0;
    for (int round = 0; round < 12; ++round) {
        const std::vector<RoadLine> lines = town(random, 3 + round);
        const Point to = lines.front().path.front();
        const Places expected = brute(lines, to);
        for (const auto& [place, minutes] : solved(lines, {})) {
            const auto known = expected.find(place);
            CHECK(std::isinf(minutes) == (known == expected.end()));
            if (known != expected.end())
                CHECK(minutes == doctest::Approx(known->second).epsilon(1e-12));
            reached += known != expected.end();
        }
    }
    CHECK(reached > 500);
}

TEST_CASE("the same bits for any order of lines and starts") {
    tests::Random random(5);
    std::vector<RoadLine> lines = town(random, 12);
    const RoadLine first = lines.front();
    const Places before = solved(lines, {});
    for (int i = 0; i < 3; ++i) {
        for (std::size_t k = lines.size(); k-- > 1;)
            std::swap(lines[k], lines[static_cast<std::size_t>(random.below(static_cast<int>(k) + 1))]);
        const auto at = std::ranges::find_if(lines, [&](const RoadLine& l) { return l.path == first.path; });
        CHECK(solved(lines, {static_cast<std::uint32_t>(at - lines.begin()), 0, 0}) == before);
    }
    const RoadGraph graph = graph_of(lines);
    std::vector<NodeStart> starts{{3, 1.5}, {17, 0.25}, {3, 0.75}};
    const auto forwards = graph.minutes_to(starts);
    std::ranges::reverse(starts);
    CHECK(graph.minutes_to(starts) == forwards);
}

TEST_CASE("a line between joints is one edge, its pieces exact") {
    const RoadGraph graph =
        graph_of({{{{0, 0}, {300, 0}, {300, 400}, {300, 400}, {600, 800}}, 60}}, {}, {{0, 1, 0.25}});
    REQUIRE(graph.edges().size() == 2);
    CHECK(graph.edges()[0].minutes == doctest::Approx(0.4));
    CHECK(graph.edges()[1].minutes == doctest::Approx(0.8));
    std::vector<RoadGraph::Piece> pieces;
    for (const RoadGraph::Edge& edge : graph.edges())
        graph.each_piece(edge, [&](const RoadGraph::Piece& piece) { pieces.push_back(piece); });
    REQUIRE(pieces.size() == 4);
    CHECK(pieces[1].segment == Segment{{300, 0}, {300, 100}});
    CHECK(pieces[1].before == doctest::Approx(0.3));
    CHECK(pieces[2].segment == Segment{{300, 100}, {300, 400}});
    CHECK(pieces[2].before == 0);
    CHECK(pieces[3].minutes == doctest::Approx(0.5));
    CHECK(graph.node_at({0, 1, 0.25}) == graph.edges()[1].from);
}

TEST_CASE("the way round a one-way ring") {
    // A square of 1 km sides at 60 km/h, one-way: a minute a side.
    const std::vector<RoadLine> ring{{{{0, 0}, {1000, 0}}, 60, true},
                                     {{{1000, 0}, {1000, 1000}}, 60, true},
                                     {{{1000, 1000}, {0, 1000}}, 60, true},
                                     {{{0, 1000}, {0, 0}}, 60, true}};
    const RoadGraph graph = graph_of(ring);
    const auto minutes = graph.minutes_to(std::vector<NodeStart>{{graph.node_at({0, 0, 0}), 0}});
    CHECK(minutes[graph.node_at({0, 1, 0})] == doctest::Approx(3));
    CHECK(minutes[graph.node_at({2, 1, 0})] == doctest::Approx(1));
}

TEST_CASE("lengths may be told, and speeds have to be above 0") {
    const std::vector<RoadLine> lines{{{{0, 0}, {500, 0}}, 60}};
    const RoadGraph graph(lines, LineEdges(lines), {}, {}, [](const Path&) { return std::vector{1000.0}; });
    CHECK(graph.edges()[0].minutes == 1);
    CHECK_THROWS_AS(clean_lines({{{{0, 0}, {1, 1}}, 0}}), Error);
    CHECK_THROWS_AS(clean_lines({{{{0, 0}, {1, 1}}, NAN}}), Error);
    CHECK(clean_lines({{{{0, 0}, {0, 0}}, 50}, {{}, 50}}).empty());
    CHECK(plane_lengths({{0, 0}, {3, 4}, {3, 5}}) == std::vector<double>{5, 1});
}

TEST_CASE("parts of a network") {
    const RoadGraph graph =
        graph_of({{{{0, 0}, {10, 0}}, 50, true}, {{{20, 0}, {10, 0}}, 50, true}, {{{0, 50}, {10, 50}}, 50}});
    const auto parts = graph.parts();
    CHECK(parts[graph.node_at({0, 0, 0})] == parts[graph.node_at({1, 0, 0})]);
    CHECK(parts[graph.node_at({0, 0, 0})] != parts[graph.node_at({2, 0, 0})]);
}
