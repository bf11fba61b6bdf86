// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_index.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <tuple>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("each tile has the steps of its cells and of its halo") {
    const Grid grid = metre_grid(40, 30);
    const Tiling tiling(grid, 9);
    Random random(5);
    std::vector<RoadStep> steps;
    while (steps.size() < 500) {
        const Cell from{random.below(40), random.below(30)},
            to{from.col + random.below(3) - 1, from.row + random.below(3) - 1};
        if (grid.window().contains(to))
            steps.push_back({from, to, static_cast<float>(random.in(0, 5)), random.below(2) == 0});
    }
    RoadIndex index(tiling, steps);
    using Found = std::tuple<std::uint32_t, std::uint32_t, float>;
    for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
        const Window w = tiling.window(tile), around = w.grown(TileLayout::halo);
        const auto place = [&](Cell c) { return TileLayout::at(c.col - w.col, c.row - w.row); };
        std::multiset<Found> wanted, found;
        for (const RoadStep& s : steps)
            if (around.contains(s.from) && around.contains(s.to)) {
                wanted.insert({place(s.from), place(s.to), s.minutes});
                if (!s.one_way)
                    wanted.insert({place(s.to), place(s.from), s.minutes});
            }
        CHECK(index.of(tile) == nullptr);
        std::vector<TileRoads::Start> more;
        if (tile % 3 == 0)
            more.push_back({TileLayout::at(-1, 2), {TileLayout::at(4, 7), 0.5F}});
        for (const TileRoads::Start& s : more)
            wanted.insert({s.from, s.step.to, s.step.minutes});
        index.open(tile, more);
        REQUIRE((index.of(tile) == nullptr) == wanted.empty());
        for (std::uint32_t i = 0; index.of(tile) && i < TileLayout::stride * TileLayout::stride; ++i)
            for (const TileRoads::Step& s : index.of(tile)->from(i))
                found.insert({i, s.to, s.minutes});
        CHECK(found == wanted);
    }
}

TEST_CASE("steps that make no sense are refused") {
    const Grid grid = metre_grid(10, 10);
    const Tiling tiling(grid, 5);
    const auto index = [&](RoadStep s) { return RoadIndex(tiling, std::vector{s}); };
    CHECK_THROWS_WITH_AS(index({{0, 0}, {0, -1}, 1, false}), doctest::Contains("out of the grid"), Error);
    CHECK_THROWS_WITH_AS(index({{0, 0}, {2, 0}, 1, false}), doctest::Contains("doesn't touch"), Error);
    CHECK_THROWS_WITH_AS(index({{0, 0}, {1, 0}, -1, false}), doctest::Contains("-1 minutes"), Error);
    CHECK_THROWS_WITH_AS(index({{0, 0}, {1, 0}, no_data, false}), doctest::Contains("nan minutes"), Error);
}
