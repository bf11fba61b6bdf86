// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/roads_by_block.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("the steps of a window, both ends in it, counted from its first cell") {
    Random random(8);
    const Grid grid = metre_grid(90, 70);
    const Tiling tiling(grid, 16);
    std::vector<RoadStep> all;
    for (int i = 0; i < 2000; ++i) {
        const Cell from{1 + random.below(88), 1 + random.below(68)};
        all.push_back({from, {from.col + random.below(3) - 1, from.row + 1}, static_cast<float>(i), i % 2 == 0});
    }
    const RoadsByBlock roads(tiling, all);
    for (const Window& w : {grid.window(), Window{10, 20, 33, 17}, Window{0, 0, 1, 1}, Window{80, 60, 10, 10}}) {
        std::vector<RoadStep> found = roads.within(w);
        std::ranges::sort(found, {}, &RoadStep::minutes);
        std::size_t next = 0;
        for (const RoadStep& step : all)
            if (w.contains(step.from) && w.contains(step.to)) {
                REQUIRE(next < found.size());
                const RoadStep& f = found[next++];
                CHECK(f.minutes == step.minutes);
                CHECK(f.one_way == step.one_way);
                CHECK(Cell{f.from.col + w.col, f.from.row + w.row} == step.from);
                CHECK(Cell{f.to.col + w.col, f.to.row + w.row} == step.to);
            }
        CHECK(next == found.size());
    }
}
