// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_assembly.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

using namespace zonerank::rasters;

namespace {

std::uint16_t value(int col, int row) {
    return static_cast<std::uint16_t>(1 + (col * 31 + row * 17) % 60'000);
}

Raster<std::uint16_t> tile_of(Window window) {
    Raster<std::uint16_t> tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = value(col, row);
    return tile;
}

/// The blocks that came, copied; each may come once only.
struct Blocks {
    std::map<std::pair<int, int>, std::vector<std::uint16_t>> by_place; ///< row, column
    std::mutex mutex;
    int twice = 0;

    void add(BlockIndex index, const BlockView<std::uint16_t>& block) {
        std::vector<std::uint16_t> cells;
        for (int row = 0; row < block_side; ++row)
            cells.insert(cells.end(), block.row(row), block.row(row) + block_side);
        const std::scoped_lock lock(mutex);
        twice += !by_place.emplace(std::pair(index.row, index.col), std::move(cells)).second;
    }
};

int wrong_cells(const Blocks& blocks, int cols, int rows) {
    int wrong = 0;
    for (const auto& [place, cells] : blocks.by_place)
        for (int i = 0; i < static_cast<int>(block_cells); ++i) {
            const int col = place.second * block_side + i % block_side, row = place.first * block_side + i / block_side;
            const bool inside = col < cols && row < rows;
            wrong += cells[static_cast<std::size_t>(i)] != (inside ? value(col, row) : 0);
        }
    return wrong;
}

} // namespace

TEST_CASE("tiles of any size, order and thread make the same blocks, each once") {
    constexpr int cols = 1300, rows = 700;
    for (const int side : {64, 100, 512, 600, 2000}) {
        CAPTURE(side);
        Blocks blocks;
        BlockAssembly<std::uint16_t> assembly(
            cols, rows, [&](BlockIndex index, const BlockView<std::uint16_t>& block) { blocks.add(index, block); });
        std::vector<Window> windows = tiles(Window{0, 0, cols, rows}.grown(side == 600 ? 30 : 0), side);
        std::shuffle(windows.begin(), windows.end(), std::mt19937(static_cast<unsigned>(side)));
        const auto half = [&](std::size_t from) {
            for (std::size_t i = from; i < windows.size(); i += 2)
                assembly.write(tile_of(windows[i]));
        };
        std::thread other(half, 1);
        half(0);
        other.join();
        CHECK(blocks.by_place.size() == 6); // before close() already
        assembly.close();
        CHECK(blocks.by_place.size() == 6);
        CHECK(blocks.twice == 0);
        CHECK(wrong_cells(blocks, cols, rows) == 0);
    }
}

TEST_CASE("a tile over a whole block is passed on where it is") {
    const Raster<std::uint16_t> tile = tile_of({-10, 0, 1100, 512});
    std::vector<const std::uint16_t*> seen;
    BlockAssembly<std::uint16_t> assembly(2000, 2000, [&](BlockIndex, const BlockView<std::uint16_t>& block) {
        seen.push_back(block.cells);
        CHECK(block.stride == 1100);
    });
    assembly.write(tile);
    CHECK(seen == std::vector<const std::uint16_t*>{&tile[{0, 0}], &tile[{512, 0}]});
}

TEST_CASE("cells that never come have no data, and blocks without a cell don't come") {
    int came = 0;
    BlockAssembly<float> assembly(1024, 512, [&](BlockIndex index, const BlockView<float>& block) {
        ++came;
        CHECK(index == BlockIndex{1, 0});
        CHECK(block.row(3)[4] == 7);
        CHECK(std::isnan(block.row(3)[5]));
        CHECK(std::isnan(block.row(511)[511]));
    });
    assembly.write(Raster<float>({516, 3, 1, 1}, 7));
    assembly.write(Raster<float>({5000, 3, 1, 1}, 7));
    CHECK(came == 0);
    assembly.close();
    CHECK(came == 1);
}
