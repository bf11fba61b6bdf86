// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/frames.hpp"

#include "tests/support/travel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

template <typename T>
static void check_exchange(const Grid& grid, int side) {
    const Tiling tiling(grid, side);
    Frames<T> frames(tiling);
    Random random(6);
    std::vector<std::vector<T>> blocks(tiling.size(), std::vector<T>(tiling.cells(), Frames<T>::nothing));
    const auto value = [&](Cell c) { return static_cast<T>(1 + c.row * grid.cols + c.col); };
    int wrong = 0;
    for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
        const Window w = tiling.window(tile);
        for (int row = 0; row < w.rows; ++row)
            for (int col = 0; col < w.cols; ++col)
                blocks[tile][TileLayout::at(col, row)] = value({w.col + col, w.row + row});
        std::map<std::size_t, T> wanted, told;
        for (std::size_t other = 0; other < tiling.size(); ++other) {
            const Window seen = intersection(tiling.window(other).grown(TileLayout::halo), w);
            if (other != tile && !seen.empty())
                wanted[other] = value({seen.col, seen.row});
        }
        frames.show(tile, blocks[tile].data(), [&](std::size_t other, T least) { told[other] = least; });
        wrong += told != wanted;
        frames.show(tile, blocks[tile].data(), [&](std::size_t, T) { ++wrong; });
    }
    for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
        const Window w = tiling.window(tile), around = intersection(w.grown(TileLayout::halo), grid.window());
        long long changed = 0;
        frames.take(tile, blocks[tile].data(), [&](std::uint32_t) { ++changed; });
        wrong += changed != around.size() - w.size();
        for (int row = around.row; row < around.row + around.rows; ++row)
            for (int col = around.col; col < around.col + around.cols; ++col)
                wrong += blocks[tile][TileLayout::at(col - w.col, row - w.row)] != value({col, row});
        frames.take(tile, blocks[tile].data(), [&](std::uint32_t) { ++wrong; });
    }
    CHECK(wrong == 0);
}

TEST_CASE("neighbours see each other's borders, and are told what is new there") {
    for (const int side : {4, 5, 9, 30}) // 21 columns: the last tiles have 1 to 5
        check_exchange<float>(metre_grid(21, 13), side);
    check_exchange<std::int32_t>(metre_grid(21, 13), 5);
}

TEST_CASE("a cell that is shown by itself is seen by its neighbours alone") {
    const Tiling tiling(metre_grid(20, 10), 10);
    Frames<float> frames(tiling);
    frames.show({9, 4}, 3);
    std::vector<float> block(tiling.cells(), Frames<float>::nothing);
    int changed = 0;
    frames.take(1, block.data(), [&](std::uint32_t i) { changed += i == TileLayout::at(-1, 4) ? 1 : 100; });
    CHECK(changed == 1);
    CHECK(block[TileLayout::at(-1, 4)] == 3);
}
