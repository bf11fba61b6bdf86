// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_visits.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

/// The visits of the first of some lines on cells of 1 m.
std::vector<RoadVisit> visits_of(const Grid& grid, const std::vector<RoadLine>& lines) {
    const RoadChains chains(lines);
    const std::vector<RoadChain> all = chains.all();
    return road_visits(grid, chains, all.front(), RoadAnchors(grid, chains, all));
}

} // namespace

TEST_CASE("a line is met where it is nearest to the centres of its cells") {
    const Grid grid = metre_grid(10, 10);
    const std::vector<RoadLine> lines{{{{0.5, 4.8}, {9.5, 4.8}}, 60}};
    const std::vector<RoadVisit> visits = visits_of(grid, lines);
    REQUIRE(visits.size() == 10);
    for (std::size_t i = 0; i < visits.size(); ++i) {
        CHECK(visits[i].cell == Cell{static_cast<int>(i), 5});
        CHECK(visits[i].node == doctest::Approx(static_cast<double>(i)));
        CHECK(visits[i].fixed == (i == 0 || i == 9));
    }
}

TEST_CASE("a corner that is only cut is left out") {
    const Grid grid = metre_grid(10, 10);
    const std::vector<RoadLine> lines{{{{0.5, 0.5}, {8.6, 8.4}}, 60}};
    for (const RoadVisit& visit : visits_of(grid, lines))
        CHECK(visit.cell.col == 9 - visit.cell.row);
}

TEST_CASE("lines side by side are met at the same place, one cut off before it, too") {
    const Grid grid = metre_grid(10, 10);
    const std::vector<RoadLine> lines{{{{0.5, 4.2}, {5.1, 4.2}}, 60}, {{{0.5, 4.4}, {9.5, 4.4}}, 60}};
    const RoadChains chains(lines);
    const std::vector<RoadChain> all = chains.all();
    const RoadAnchors anchors(grid, chains, all);
    CHECK(anchors.of({5, 5}) == Point{5.1, 4.2}); // where a line ends
    CHECK(anchors.of({4, 5}) == grid.centre({4, 5}));
    const std::vector<RoadVisit> one = road_visits(grid, chains, all[0], anchors),
                                 other = road_visits(grid, chains, all[1], anchors);
    REQUIRE(one.size() == 6);
    for (std::size_t i = 0; i < one.size(); ++i)
        CHECK(one[i].node == doctest::Approx(other[i].node));
}

TEST_CASE("a vertex between two cells, where lines meet, is in the cell of all of them") {
    const Grid grid = metre_grid(10, 10);
    const Point vertex{5, 4.5};
    const std::vector<RoadLine> lines{
        {{{1.5, 4.5}, vertex}, 60}, {{vertex, {8.5, 4.5}}, 60}, {{vertex, {5.5, 8.5}}, 60}};
    CHECK(visits_of(grid, lines).back().cell == Cell{5, 5});
}
