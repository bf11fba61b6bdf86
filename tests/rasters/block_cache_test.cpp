// SPDX-License-Identifier: Apache-2.0
#include "rasters/block_cache.hpp"

#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

/// A raster in strips of which each row's numbers are the row's own.
std::string rows(const tests::Folder& folder, int cols, int count) {
    std::vector<float> values;
    for (int row = 0; row < count; ++row)
        values.insert(values.end(), static_cast<std::size_t>(cols), static_cast<float>(row));
    return tests::write_raster((folder / "rows.tif").string(), {.cols = cols, .rows = count}, values);
}

float first_number(const Bytes& block) {
    float number = 0;
    std::memcpy(&number, block.data(), sizeof number);
    return number;
}

} // namespace

TEST_CASE("readers of a file share it while one of them has it") {
    const tests::Folder folder;
    const std::string path = rows(folder, 10, 10);
    const auto one = shared_tiff(path, 1), two = shared_tiff(path, 1);
    REQUIRE(one);
    CHECK(one == two);
    CHECK_FALSE(shared_tiff(path, 2)); // there is one band
}

TEST_CASE("a block is decoded once while there is room, and right after that, too") {
    const tests::Folder folder;
    const auto file = shared_tiff(rows(folder, 1000, 64), 1);
    REQUIRE(file);
    const int step = file->layout().block_rows, blocks = file->layout().blocks_down();
    REQUIRE(blocks > 4);
    BlockCache cache(3 * file->block_bytes());
    const auto first = cache.block(file, 0, 0);
    CHECK(cache.block(file, 0, 0) == first);
    for (int block = 0; block < blocks; ++block)
        CHECK(first_number(*cache.block(file, 0, block)) == static_cast<float>(block * step));
    CHECK(cache.block(file, 0, 0) != first); // others have taken its room
    CHECK(first_number(*first) == 0);        // but who has it keeps it
}

TEST_CASE("what a window wants of each file is kept until the next one wants it") {
    const tests::Folder folder, other_folder;
    const auto file = shared_tiff(rows(folder, 1000, 64), 1), other = shared_tiff(rows(other_folder, 900, 64), 1);
    REQUIRE(file);
    REQUIRE(other);
    const auto blocks = static_cast<std::size_t>(file->layout().blocks_down());
    const auto window = [&](BlockCache& cache, const std::shared_ptr<const TiffFile>& of) {
        std::vector<std::shared_ptr<const Bytes>> wanted;
        for (int row = 0; row < of->layout().blocks_down(); ++row)
            wanted.push_back(cache.block(of, 0, row, static_cast<std::size_t>(of->layout().blocks_down())));
        return wanted;
    };
    BlockCache wide(2 * file->block_bytes(), 3 * blocks * file->block_bytes());
    const auto first = window(wide, file), others = window(wide, other);
    CHECK(window(wide, file) == first);
    CHECK(window(wide, other) == others);
    BlockCache narrow(2 * file->block_bytes(), (blocks - 1) * file->block_bytes()); // no room for a window
    CHECK(window(narrow, file) != window(narrow, file));
}

TEST_CASE("room that one file needed is given up with its last block") {
    const tests::Folder folder, other_folder;
    const auto file = shared_tiff(rows(folder, 1000, 64), 1), other = shared_tiff(rows(other_folder, 1000, 64), 1);
    REQUIRE(file->layout().blocks_down() > 4);
    BlockCache cache(3 * file->block_bytes(), 100 * file->block_bytes());
    cache.block(file, 0, 0, 4);
    const auto first = cache.block(other, 0, 0);
    for (int row = 1; row < 5; ++row)
        cache.block(other, 0, row);
    CHECK(file.use_count() == 1);             // its block is gone
    CHECK(cache.block(other, 0, 0) != first); // and there is room for three again
}

TEST_CASE("a file that is written again is another; a cleared cache lets files go") {
    const tests::Folder folder;
    const std::string path = rows(folder, 10, 10);
    const auto before = shared_tiff(path, 1);
    BlockCache cache(1 << 20);
    const auto block = cache.block(before, 0, 0);
    rows(folder, 20, 10);
    const auto after = shared_tiff(path, 1);
    REQUIRE(after);
    CHECK(after != before);
    CHECK(after->layout().cols == 20);
    CHECK(before.use_count() > 1);
    cache.clear();
    CHECK(before.use_count() == 1);
    CHECK(first_number(*block) == 0);
}

TEST_CASE("threads that want the same blocks get them") {
    const tests::Folder folder;
    const auto file = shared_tiff(rows(folder, 1000, 64), 1);
    REQUIRE(file);
    BlockCache cache(2 * file->block_bytes());
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const int block = i % file->layout().blocks_down();
                REQUIRE(first_number(*cache.block(file, 0, block)) ==
                        static_cast<float>(block * file->layout().block_rows));
            }
        });
}
