// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/tile_layout.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;

TEST_CASE("cells of a block and back") {
    for (const int y : {-4, 0, 247, 251})
        for (const int x : {-4, -1, 0, 130, 251}) {
            CHECK(TileLayout::x_of(TileLayout::at(x, y)) == x);
            CHECK(TileLayout::y_of(TileLayout::at(x, y)) == y);
        }
    CHECK(TileLayout::at(251, 251) == 256 * 256 - 1);
}

TEST_CASE("tiles cover the grid once, and are found by cell and by window") {
    const Grid grid{"", 1, 0, 0, 23, 10, {}};
    const Tiling tiling(grid, 5);
    REQUIRE(tiling.size() == 10);
    CHECK(tiling.across() * 5 >= grid.cols);
    CHECK(tiling.across() * 5 < grid.cols + 5);
    std::vector<int> covered(230);
    for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
        const Window w = tiling.window(tile);
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col) {
                ++covered[static_cast<std::size_t>(row * 23 + col)];
                CHECK(tiling.of({col, row}) == tile);
            }
    }
    CHECK(covered == std::vector<int>(230, 1));
    std::vector<std::size_t> found;
    tiling.each({-3, 4, 9, 2}, [&](std::size_t tile) { found.push_back(tile); });
    CHECK(found == std::vector<std::size_t>{0, 1, 5, 6});
    tiling.each({23, 0, 4, 4}, [](std::size_t) { FAIL("outside"); });
    CHECK(tiling.cells() == 13 * 256);
}
