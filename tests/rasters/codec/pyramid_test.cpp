// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/pyramid.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/archive.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

using namespace zonerank::rasters;

namespace {

using Image = std::vector<float>;

float value(int col, int row) {
    return (col / 40 + row / 30) % 5 == 0 ? no_data : static_cast<float>(col * 3 + row) / 7;
}

/// Halved by the definition, cells outside left out.
Image halved(const Image& of, PyramidLevel from, PyramidLevel to) {
    Image result;
    for (int row = 0; row < to.rows; ++row)
        for (int col = 0; col < to.cols; ++col) {
            double sum = 0;
            int count = 0;
            for (int y = 2 * row; y < std::min(from.rows, 2 * row + 2); ++y)
                for (int x = 2 * col; x < std::min(from.cols, 2 * col + 2); ++x)
                    if (const float cell = of[static_cast<std::size_t>(y) * static_cast<std::size_t>(from.cols) +
                                              static_cast<std::size_t>(x)];
                        !std::isnan(cell)) {
                        sum += static_cast<double>(cell);
                        ++count;
                    }
            result.push_back(count > 0 ? static_cast<float>(sum / count) : no_data);
        }
    return result;
}

/// What passes, put together by level.
struct Images {
    std::vector<PyramidLevel> levels;
    std::vector<Image> images;
    std::vector<int> came;
    std::mutex mutex;

    Images(int cols, int rows) : levels(pyramid_levels(cols, rows)) {
        for (const PyramidLevel& level : levels)
            images.emplace_back(static_cast<std::size_t>(level.cols) * static_cast<std::size_t>(level.rows), 12'345.0F);
        came.resize(levels.size());
    }
    void add(std::size_t level, BlockIndex index, const BlockView<float>* block) {
        const std::scoped_lock lock(mutex);
        ++came[level];
        const int west = index.col * block_side, north = index.row * block_side;
        for (int row = north; row < std::min(levels[level].rows, north + block_side); ++row)
            for (int col = west; col < std::min(levels[level].cols, west + block_side); ++col)
                images[level][static_cast<std::size_t>(row) * static_cast<std::size_t>(levels[level].cols) +
                              static_cast<std::size_t>(col)] = block ? block->row(row - north)[col - west] : no_data;
    }
};

std::vector<float> block_of(BlockIndex index, int cols, int rows) {
    std::vector<float> cells(block_cells, no_data);
    for (int row = 0; row < block_side; ++row)
        for (int col = 0; col < block_side; ++col)
            if (const int x = index.col * block_side + col, y = index.row * block_side + row; x < cols && y < rows)
                cells[static_cast<std::size_t>(row) * block_side + static_cast<std::size_t>(col)] = value(x, y);
    return cells;
}

bool same(const Image& a, const Image& b) {
    return std::ranges::equal(a, b, [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

} // namespace

TEST_CASE("levels are halved, rounded up, until one block holds all") {
    const auto sizes = [](int cols, int rows) {
        std::vector<std::pair<int, int>> found;
        for (const PyramidLevel& level : pyramid_levels(cols, rows))
            found.emplace_back(level.cols, level.rows);
        return found;
    };
    using Sizes = std::vector<std::pair<int, int>>;
    CHECK(sizes(512, 512) == Sizes{{512, 512}});
    CHECK(sizes(513, 5) == Sizes{{513, 5}, {257, 3}});
    CHECK(sizes(1, 2049) == Sizes{{1, 2049}, {1, 1025}, {1, 513}, {1, 257}});
    CHECK(sizes(4000, 1300) == Sizes{{4000, 1300}, {2000, 650}, {1000, 325}, {500, 163}});
}

TEST_CASE("overviews are those of the definition, in any order and from several threads") {
    for (const auto& [cols, rows] :
         std::vector<std::pair<int, int>>{{1, 1}, {513, 512}, {1300, 1700}, {2049, 3}, {1537, 1025}}) {
        CAPTURE(cols);
        Images found(cols, rows);
        Pyramid<float> pyramid(cols, rows, Halving::mean,
                               [&](std::size_t level, BlockIndex index, const BlockView<float>* block) {
                                   found.add(level, index, block);
                               });
        std::vector<BlockIndex> order;
        for (int row = 0; row < blocks_over(rows); ++row)
            for (int col = 0; col < blocks_over(cols); ++col)
                order.push_back({col, row});
        std::shuffle(order.begin(), order.end(), std::mt19937(7));
        const auto half = [&](std::size_t from) {
            for (std::size_t i = from; i < order.size(); i += 2) {
                const std::vector<float> cells = block_of(order[i], cols, rows);
                const BlockView<float> view{cells.data()};
                pyramid.add(order[i], &view);
            }
        };
        std::thread other(half, 1);
        half(0);
        other.join();
        Image right = found.images[0];
        for (std::size_t level = 0; level < found.levels.size(); ++level) {
            CHECK(found.came[level] == static_cast<int>(found.levels[level].blocks()));
            if (level > 0)
                right = halved(right, found.levels[level - 1], found.levels[level]);
            CHECK(same(found.images[level], right));
        }
    }
}

TEST_CASE("blocks without data pass as such, and beside others as no data") {
    std::vector<int> empty(3), whole(3);
    const std::vector<float> cells(block_cells, 4);
    const BlockView<float> view{cells.data()};
    Pyramid<float> pyramid(2048, 1024, Halving::mean,
                           [&](std::size_t level, BlockIndex, const BlockView<float>* block) {
                               ++(block ? whole : empty)[level];
                               if (level == 1 && block) {
                                   CHECK(block->row(255)[511] == 4);
                                   CHECK(std::isnan(block->row(256)[511]));
                                   CHECK(std::isnan(block->row(255)[255]));
                               }
                           });
    for (int row = 0; row < 2; ++row)
        for (int col = 0; col < 4; ++col)
            pyramid.add({col, row}, col == 1 && row == 0 ? &view : nullptr);
    CHECK(empty == std::vector<int>{7, 1, 0});
    CHECK(whole == std::vector<int>{1, 1, 1});
}

TEST_CASE("parts of squares come together") {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> parts;
    for (std::uint32_t row = 0; row < 64; ++row)
        for (std::uint32_t col = 0; col < 64; ++col)
            parts.emplace_back(col, row);
    std::shuffle(parts.begin(), parts.end(), std::mt19937(3));
    std::ranges::sort(parts, {}, [](const auto& part) { return order_in_squares(part.first, part.second); });
    for (std::uint32_t side = 2; side <= 64; side *= 2)
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto& first = parts[i / (side * side) * (side * side)];
            REQUIRE(parts[i].first / side == first.first / side);
            REQUIRE(parts[i].second / side == first.second / side);
        }
    CHECK(order_in_squares(0xFFFF'FFFF, 0xFFFF'FFFF) == ~std::uint64_t{0});
    CHECK(order_in_squares(0x8000'0000, 0) == std::uint64_t{1} << 62);
}

namespace {

/// The pyramid of a raster, whose blocks pass on to `found`.
Pyramid<float> pyramid_to(Images& found, int cols, int rows) {
    return {cols, rows, Halving::mean, [&](std::size_t level, BlockIndex index, const BlockView<float>* block) {
                found.add(level, index, block);
            }};
}

void add_blocks(Pyramid<float>& pyramid, const Window& blocks, int cols, int rows) {
    for (int row = blocks.row; row < blocks.row + blocks.rows; ++row)
        for (int col = blocks.col; col < blocks.col + blocks.cols; ++col) {
            const std::vector<float> cells = block_of({col, row}, cols, rows);
            const BlockView<float> view{cells.data()};
            pyramid.add({col, row}, (col + row) % 3 == 0 ? nullptr : &view);
        }
}

} // namespace

TEST_CASE("pyramids of parts, put into files and taken in any order, pass on what one would") {
    constexpr int cols = 2700, rows = 1600;
    const Window blocks{0, 0, blocks_over(cols), blocks_over(rows)};
    Images whole(cols, rows);
    Pyramid<float> one = pyramid_to(whole, cols, rows);
    add_blocks(one, blocks, cols, rows);
    for (const int side : {1, 2, 3}) {
        CAPTURE(side);
        Images found(cols, rows);
        Pyramid<float> all = pyramid_to(found, cols, rows);
        std::vector<Window> parts = tiles(blocks, side);
        std::shuffle(parts.begin(), parts.end(), std::mt19937(17));
        for (const Window& part : parts) {
            Pyramid<float> some = pyramid_to(found, cols, rows);
            add_blocks(some, part, cols, rows);
            zonerank::tests::hand_over(some, all);
        }
        CHECK(found.came == whole.came);
        for (std::size_t level = 0; level < found.levels.size(); ++level)
            CHECK(same(found.images[level], whole.images[level]));
    }
}

TEST_CASE("quarters that are there, or of no such block, are Errors") {
    Images found(1024, 1024);
    Pyramid<float> all = pyramid_to(found, 1024, 1024), some = pyramid_to(found, 1024, 1024);
    add_blocks(some, {1, 0, 1, 1}, 1024, 1024);
    zonerank::tests::hand_over(some, all);
    CHECK_THROWS_WITH_AS(zonerank::tests::hand_over(some, all), doctest::Contains(same_ground), zonerank::Error);
    Images small(512, 512);
    Pyramid<float> other = pyramid_to(small, 512, 512);
    CHECK_THROWS_WITH_AS(zonerank::tests::hand_over(some, other), doctest::Contains("it is damaged"), zonerank::Error);
}
