// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/small_map.hpp"

#include "engine/outputs/styles/colours.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <cmath>

using namespace zonerank;
using engine::Colour;

/// A picture's pixel as another program reads it: red, green, blue, alpha.
static Colour pixel(const std::filesystem::path& png, int col, int row) {
    GDALDataset* file = GDALDataset::Open(png.c_str());
    REQUIRE(file);
    std::uint8_t index = 0;
    REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Read, col, row, 1, 1, &index, 1, 1, GDT_Byte, 0, 0) == CE_None);
    const GDALColorEntry* entry = file->GetRasterBand(1)->GetColorTable()->GetColorEntry(index);
    const Colour colour{static_cast<std::uint8_t>(entry->c1), static_cast<std::uint8_t>(entry->c2),
                        static_cast<std::uint8_t>(entry->c3), static_cast<std::uint8_t>(entry->c4)};
    GDALClose(file);
    return colour;
}

TEST_CASE("a picture of scores is read by others: viridis, and nothing where there is none") {
    const tests::Folder folder;
    rasters::Tile scores(rasters::Window{0, 0, 3, 2}, 0.5F);
    scores[{0, 0}] = 0;
    scores[{2, 0}] = 1;
    scores[{1, 1}] = std::nanf("");
    tests::write_file(folder / "map.png", engine::png_of(scores));
    CHECK(pixel(folder / "map.png", 0, 0) == engine::score_colour(0));
    CHECK(pixel(folder / "map.png", 2, 0) == engine::score_colour(1));
    CHECK(pixel(folder / "map.png", 1, 0) == engine::score_colour(0.5));
    CHECK(pixel(folder / "map.png", 1, 1)[3] == 0);
    CHECK(pixel(folder / "map.png", 2, 1)[3] == 255);
}

TEST_CASE("a small map keeps to its pixels and lies where the map does") {
    const tests::Folder folder;
    std::vector<float> values(400 * 100, 0.25F);
    const std::string path =
        tests::write_raster(folder / "suitability.tif",
                            {.west = 500'000, .north = 3'601'000, .cell = 10, .cols = 400, .rows = 100}, values);
    const engine::SmallMap map = engine::small_map(path, 40);
    CHECK(map.cols == 40);
    CHECK(map.rows == 10);
    CHECK(map.box.xmin == 500'000);
    CHECK(map.box.ymax == 3'601'000);
    CHECK(map.box.xmax == 504'000);
    CHECK(map.box.ymin == 3'600'000);
    CHECK(engine::small_map(path, 1000).cols == 400); // not finer than it is
    CHECK_THROWS_AS(engine::small_map(folder / "none.tif", 40), Error);
}
