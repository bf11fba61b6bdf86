// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_reading.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/vector_files.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::layers;
using tests::only_files;

namespace {

rasters::Grid grid_of(double cell) {
    return {.crs = rasters::parse_crs("EPSG:32643").wkt, .cell = cell, .cols = 10, .rows = 10};
}

/// Two points in longitude and latitude, of different classes.
FeatureSource towns(const tests::Folder& folder) {
    tests::write_file(folder / "towns.csv", "class,wkt\n1,POINT (75 33)\n2,POINT (75.1 33)\n");
    return {.paths = {folder / "towns.csv"}, .crs = rasters::wgs84()};
}

} // namespace

TEST_CASE("features are brought to the grid's CRS, and are the same ones for all who share") {
    const tests::Folder folder;
    const FeatureSource source = towns(folder);
    const rasters::Grid grid = grid_of(10);
    const auto alone = shared_features(source, grid, only_files);
    REQUIRE(alone->features.size() == 2);
    CHECK(alone->features[0].shape.points[0].x == doctest::Approx(500'000));
    CHECK(alone != shared_features(source, grid, only_files));
    const Sharing sharing;
    CHECK(shared_features(source, grid, only_files) == shared_features(source, grid, only_files));
    CHECK(shared_features(source, grid, only_files) != // edges may bend more
          shared_features(source, grid_of(1000), only_files));
}

TEST_CASE("several sources of a file have a set each") {
    const tests::Folder folder;
    FeatureSource first = towns(folder), second = first;
    first.where = "class = '1'";
    const auto sets = shared_features(std::vector{first, second}, grid_of(10), only_files);
    REQUIRE(sets->size() == 2);
    CHECK((*sets)[0]->features.size() == 1);
    CHECK((*sets)[1]->features.size() == 2);
}

TEST_CASE("what sources tell is known without looking again, and errors are told each time") {
    const tests::Folder folder;
    FeatureSource source = towns(folder);
    const Sharing sharing;
    CHECK(shared_inspect(source, only_files).count == 2);
    CHECK_FALSE(shared_has_raster(source.paths.front(), only_files));
    source.fields = {"clas"};
    for (int i = 0; i < 2; ++i)
        CHECK_THROWS_WITH_AS(shared_check(source, only_files), doctest::Contains("class"), Error);
}

TEST_CASE("a raster is told with its band and its no-data") {
    const tests::Folder folder;
    const std::string path = (folder / "hill.tif").string();
    tests::write_raster(path, {.west = 0, .north = 20, .cell = 10, .cols = 2, .rows = 2},
                        std::vector<float>{1, 2, 3, 4});
    const Sharing sharing;
    CHECK(shared_has_raster(path, only_files));
    CHECK(shared_inspect(rasters::RasterSource{.paths = {path}}, only_files).cols == 2);
    CHECK_THROWS_AS(shared_inspect(rasters::RasterSource{.paths = {path}, .band = 2}, only_files), Error);
}
