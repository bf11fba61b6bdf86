// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/solved_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::said;

namespace {

const Grid fine{"some", 10, 0, 0, 300, 20, {}}, coarse{"some", 30, 4, 5, 7, 7, {}};

Tile columns(Window window) {
    Tile tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col)
            tile[{col, row}] = static_cast<float>(col);
    return tile;
}

void write(const std::filesystem::path& path) {
    SolvedOut out(path, "a key\nof two lines");
    out.put(fine, columns);
    out.put(0.1);
    out.put(coarse, [](Window window) { return Tile(window, 9); });
    out.close();
}

} // namespace

TEST_CASE("numbers and rasters in their order") {
    const tests::Folder folder;
    write(folder / "solved");
    SolvedIn in(folder / "solved", "a key\nof two lines");
    const auto first = in.raster(fine);
    CHECK(in.number() == 0.1);
    const auto second = in.raster(coarse, 1);
    CHECK(first({290, 3, 4, 4})[{293, 5}] == 293);
    CHECK(second({0, 0, 7, 7})[{6, 6}] == 9);
    CHECK(std::isnan(second({0, 0, 8, 7})[{7, 6}]));
}

TEST_CASE("another key, grid or order is refused by name") {
    const tests::Folder folder;
    const std::string path = (folder / "solved").string();
    write(path);
    const std::string key = "a key\nof two lines";
    CHECK(said([&] { SolvedIn(path, "a key"); }) == path + ": solved for another measure than this one");
    CHECK(said([&] { SolvedIn(path, key).raster(coarse); }) == path + ": solved for another grid than this one");
    CHECK(said([&] { SolvedIn(path, key).number(); }) == path + ": solved for another measure than this one");
    Grid moved = fine;
    moved.west = 1;
    CHECK(said([&] { SolvedIn(path, key).raster(moved); }) == path + ": solved for another grid than this one");
}
