// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/stored_raster.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <bit>
#include <cmath>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

const Grid grid{"", 10, 0, 0, 700, 300, {}};

// Numbers, and NaN of several kinds.
float value(Cell c) {
    const auto bits = static_cast<std::uint32_t>(c.row * 7919 + c.col) * 2654435761U;
    return bits % 5 == 0 ? std::bit_cast<float>(0x7FC0'0000U + bits % 3) : std::bit_cast<float>(bits & 0x7F7F'FFFFU);
}

Tile values(Window window) {
    Tile tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = value({col, row});
    return tile;
}

std::shared_ptr<const BlockFileIn> file(const tests::Folder& folder) {
    BlockFileOut out(folder / "raster");
    StoredRaster::write(out, 5, grid, values);
    out.close({});
    return std::make_shared<const BlockFileIn>(folder / "raster");
}

bool right(const Tile& tile, Cell c) {
    const float expected = grid.window().contains(c) ? value(c) : no_data;
    return std::bit_cast<std::uint32_t>(tile[c]) == std::bit_cast<std::uint32_t>(expected);
}

} // namespace

TEST_CASE("any window has the bits that were written, with next to no memory, from many threads") {
    const tests::Folder folder;
    CHECK(StoredRaster::blocks(grid) == 6);
    const StoredRaster raster(file(folder), 5, grid, 1);
    std::mt19937 random(7);
    std::vector<Window> windows{grid.window().grown(9), {-90, 0, 20, 20}, {0, 300, 5, 5}, {3, 4, 0, 0}};
    for (int i = 0; i < 60; ++i)
        windows.push_back({static_cast<int>(random() % 750) - 30, static_cast<int>(random() % 350) - 30,
                           static_cast<int>(random() % 200), static_cast<int>(random() % 200)});
    std::atomic<int> wrong = 0;
    in_parallel(windows.size(), [&](std::size_t i) {
        const Window w = windows[i];
        const Tile tile = raster.read(w);
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col)
                wrong += right(tile, {col, row}) ? 0 : 1;
    });
    CHECK(wrong == 0);
}

TEST_CASE("a file without all of a raster's blocks is refused") {
    const tests::Folder folder;
    CHECK_THROWS_AS(StoredRaster(file(folder), 6, grid, 1), Error);
}

TEST_CASE("blocks used last are kept, up to the memory") {
    KeptBlocks kept(3 * 4 * sizeof(float));
    int reads = 0;
    const auto ask = [&](std::uint64_t number) {
        return kept
            .block(number,
                   [&] {
                       ++reads;
                       return KeptBlocks::Block(4, static_cast<float>(number));
                   })
            ->front();
    };
    for (const std::uint64_t number : {1U, 2U, 3U, 1U, 3U})
        CHECK(ask(number) == static_cast<float>(number));
    CHECK(reads == 3);
    CHECK(ask(4) == 4); // instead of 2
    ask(1);
    ask(3);
    CHECK(reads == 4);
    CHECK(ask(2) == 2);
    CHECK(reads == 5);
}
