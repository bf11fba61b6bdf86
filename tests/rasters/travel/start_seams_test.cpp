// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/start_seams.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static bool seam(const Tiling& tiling, const StartSeams& seams, Cell a, Cell b) {
    const std::size_t tile = tiling.of(a);
    const Window w = tiling.window(tile);
    const StartSeams::Bits bits = seams.of(tile);
    return !bits.empty() && StartSeams::between(bits.data(), TileLayout::at(b.col - w.col, b.row - w.row),
                                                TileLayout::at(a.col - w.col, a.row - w.row));
}

TEST_CASE("seams run where two starts are as near, in any tiles") {
    const Grid grid = metre_grid(60, 50);
    Random random(3);
    std::vector<TravelStart> starts{start_at(grid, {20, 20}), start_at(grid, {27, 26}), start_at(grid, {20, 20}, 1),
                                    start_at(grid, {40, 10})};
    starts[1].at = {27.9, 23.2};
    const auto nearest = [&](Cell c) { // -1: beyond reach, -2: as near to two
        int which = -1;
        double least = StartSeams::reach * StartSeams::reach;
        for (const int i : {0, 1, 3}) {
            const Point p = grid.centre(c), at = starts[static_cast<std::size_t>(i)].at;
            const double d = (p.x - at.x) * (p.x - at.x) + (p.y - at.y) * (p.y - at.y);
            which = d < least ? i : d == least && which != -1 ? -2 : which;
            least = std::min(d, least);
        }
        return which;
    };
    for (const int side : {7, 25, 60}) {
        const Tiling tiling(grid, side);
        const StartSeams seams(grid, tiling, starts, 10);
        int wrong = 0, found = 0;
        for (int row = 0; row < 49; ++row)
            for (int col = 0; col < 59; ++col)
                for (const Cell next : {Cell{col + 1, row}, Cell{col, row + 1}}) {
                    const int a = nearest({col, row}), b = nearest(next);
                    wrong += seam(tiling, seams, {col, row}, next) != (a != -1 && b != -1 && a != b);
                    found += a != -1 && b != -1 && a != b;
                }
        CHECK(wrong == 0);
        CHECK(found > 50);
    }
}

TEST_CASE("a cell that is as near to both has a seam on either side") {
    const Grid grid = metre_grid(30, 30);
    const Tiling tiling(grid, 30);
    const StartSeams seams(grid, tiling, std::vector{start_at(grid, {10, 10}), start_at(grid, {14, 10})}, 10);
    CHECK(seam(tiling, seams, {11, 10}, {12, 10}));
    CHECK(seam(tiling, seams, {12, 10}, {13, 10}));
    CHECK(!seam(tiling, seams, {12, 10}, {12, 11}));
    CHECK(!seam(tiling, seams, {10, 10}, {11, 10}));
}

TEST_CASE("starts that touch, or are alone, or are not to be straight, have none") {
    const Grid grid = metre_grid(30, 30);
    const Tiling tiling(grid, 30);
    const std::vector<TravelStart> line{start_at(grid, {10, 10}), start_at(grid, {11, 11})},
        one{start_at(grid, {10, 10})}, two{start_at(grid, {10, 10}), start_at(grid, {20, 10})};
    CHECK(StartSeams(grid, tiling, line, 10).of(0).empty());
    CHECK(StartSeams(grid, tiling, one, 10).of(0).empty());
    CHECK(StartSeams(grid, tiling, two, 0).of(0).empty());
    CHECK(!StartSeams(grid, tiling, two, 10).of(0).empty());
}
