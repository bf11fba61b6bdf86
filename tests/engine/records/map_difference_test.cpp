// SPDX-License-Identifier: Apache-2.0
#include "engine/records/map_difference.hpp"

#include "rasters/core/error.hpp"
#include "rasters/reader.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
namespace fs = std::filesystem;

static tests::MadeRaster raster(int cols, int rows) {
    return {.west = 500'000, .north = 3'700'000, .cell = 100, .cols = cols, .rows = rows};
}

TEST_CASE("map_difference: cells that changed, gained and lost their value") {
    const tests::Folder folder;
    const std::vector<float> before{0.5f, 0.5f, 0.5f, -9999, 0.25f, -9999}, after{0.5f, 0.75f, -9999, 1, 0, -9999};
    tests::write_raster(folder / "a.tif", raster(3, 2), before);
    tests::write_raster(folder / "b.tif", raster(3, 2), after);
    const auto found = engine::compare_maps(folder / "a.tif", folder / "b.tif", folder / "c.tif");
    REQUIRE(found.difference);
    CHECK(found.difference->both == 3);
    CHECK(found.difference->changed == 2);
    CHECK(found.difference->gained == 1);
    CHECK(found.difference->lost == 1);
    CHECK(found.difference->mean == doctest::Approx(0));
    CHECK(found.difference->mean_size == doctest::Approx(0.5 / 3));
    CHECK(found.difference->least == doctest::Approx(-0.25));
    CHECK(found.difference->most == doctest::Approx(0.25));
    CHECK(
        engine::difference_text(*found.difference) ==
        "2 of 3 cells changed (67 %), on average by +0.0000, at most by -0.2500 and +0.2500; 1 that had no value have "
        "one; 1 lost their value");
    const auto same = engine::compare_maps(folder / "a.tif", folder / "a.tif");
    CHECK(same.difference->same());
    CHECK(engine::difference_text(*same.difference) == "no cell of 4 differs");
    const rasters::RasterSource made{.paths = {folder / "c.tif"}};
    const rasters::Grid grid{
        .crs = rasters::parse_crs("EPSG:32643").wkt, .cell = 100, .cols = 3, .rows = 2, .anchor = {500'000, 3'700'000}};
    const rasters::Tile change = rasters::RasterReader(made, grid, {}).read(grid.window());
    CHECK(change[{1, 0}] == 0.25f);
    CHECK(change[{1, 1}] == -0.25f);
    CHECK(std::isnan(change[{2, 0}]));
    CHECK(tests::read_file(folder / "c.qml").find("value=\"-0.25\"") != std::string::npos);
}

TEST_CASE("map_difference: over many tiles as over one") {
    const tests::Folder folder;
    const int cols = 1100, rows = 700;
    std::vector<float> before, after;
    double sum = 0;
    for (int i = 0; i < cols * rows; ++i) {
        before.push_back(static_cast<float>(i % 97) / 97);
        after.push_back(i % 5 ? before.back() : before.back() / 2);
        sum += static_cast<double>(after.back()) - before.back();
    }
    tests::write_raster(folder / "a.tif", raster(cols, rows), before);
    tests::write_raster(folder / "b.tif", raster(cols, rows), after);
    const auto found = engine::compare_maps(folder / "a.tif", folder / "b.tif");
    CHECK(found.difference->both == cols * rows);
    CHECK(found.difference->mean == doctest::Approx(sum / (cols * rows)).epsilon(1e-6));
}

TEST_CASE("map_difference: other grids are told, nothing is resampled or written") {
    const tests::Folder folder;
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    tests::write_raster(folder / "a.tif", raster(3, 2), values);
    auto moved = raster(3, 2);
    moved.west += 50;
    auto zone = raster(3, 2);
    zone.crs = "EPSG:32642";
    tests::write_raster(folder / "size.tif", raster(2, 3), values);
    tests::write_raster(folder / "moved.tif", moved, values);
    tests::write_raster(folder / "zone.tif", zone, values);
    for (const auto& [other, why] : {std::pair{"size.tif", "their grids differ: 3 x 2 and 2 x 3 cells"},
                                     {"moved.tif", "their grids differ: cells of 100 and 100 m from"},
                                     {"zone.tif", "their CRSs differ: EPSG:32643 and EPSG:32642"}}) {
        const auto found = engine::compare_maps(folder / "a.tif", folder / other, folder / "c.tif");
        CHECK_FALSE(found.difference);
        CHECK(found.reason.starts_with(why));
        CHECK_FALSE(fs::exists(folder / "c.tif"));
    }
}

TEST_CASE("map_difference: what is no map, and being stopped") {
    const tests::Folder folder;
    tests::write_raster(folder / "a.tif", raster(2, 1), std::vector<float>{1, 2});
    tests::write_file(folder / "b.tif", "no map");
    CHECK_THROWS_AS(engine::compare_maps(folder / "a.tif", folder / "b.tif"), Error);
    CHECK_THROWS_AS(engine::compare_maps(folder / "a.tif", folder / "c.tif"), Error);
    CHECK_THROWS_WITH(engine::compare_maps(folder / "a.tif", folder / "a.tif", {}, [] { return true; }), "stopped");
}
