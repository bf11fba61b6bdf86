// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/found_data.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/draft.hpp"
#include "tests/support/files.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using namespace zonerank::tests;

TEST_CASE("files with the names of data are opened, others and results are passed over") {
    const Folder folder;
    fs::create_directories(folder / "sub/deep");
    fs::create_directories(folder / "out");
    write_features(folder, "b.geojson", {feature(R"("class": "trunk")", line(73, 74, 33))});
    write_features(folder, "sub/a.geojson", {feature("", point(73, 33))});
    write_features(folder, "out/sites.geojson", {feature("", point(73, 33))});
    write_features(folder, ".hidden.geojson", {feature("", point(73, 33))});
    write_file(folder / "out/manifest.json", "{}");
    write_file(folder / "readme.txt", "no data");
    write_file(folder / "broken.tif", "no raster");
    const engine::FoundData data = engine::find_data(folder.path(), only_files);
    REQUIRE(data.layers.size() == 2);
    CHECK(data.layers[0].called == "b");
    CHECK(data.layers[1].called == "a");
    REQUIRE(data.skipped.size() == 1);
    CHECK(data.skipped[0].path.filename() == "broken.tif");
    CHECK(data.skipped[0].why.find("can't be opened") != std::string::npos);
}

TEST_CASE("folders are followed so deep and no deeper, files counted so far and no farther") {
    const Folder folder;
    fs::create_directories(folder / "1/2");
    for (const char* name : {"a.geojson", "b.geojson", "1/2/c.geojson"})
        write_features(folder, name, {feature("", point(73, 33))});
    CHECK(engine::find_data(folder.path(), only_files, {.depth = 1}).layers.size() == 2);
    const engine::FoundData data = engine::find_data(folder.path(), only_files, {.files = 1});
    CHECK(data.layers.size() == 1);
    REQUIRE(data.skipped.size() == 1);
    CHECK(data.skipped[0].why == "not looked at, nor 1 more after it");
}

TEST_CASE("no folder, or a file in its place") {
    const Folder folder;
    write_file(folder / "a", "");
    CHECK_THROWS_WITH_AS(engine::find_data(folder / "b", only_files), doctest::Contains("no such folder"), Error);
    CHECK_THROWS_WITH_AS(engine::find_data(folder / "a", only_files), doctest::Contains("not a folder"), Error);
}

TEST_CASE("what was found, in a line") {
    const Folder folder;
    const std::vector<std::string> roads{feature(R"("class": "trunk")", line(73, 74, 33)),
                                         feature(R"("class": "minor")", line(73, 74, 34)),
                                         feature(R"("class": "minor")", line(73, 74, 35))};
    const engine::FoundLayer layer = found(folder, "roads.geojson", roads);
    CHECK(engine::described(layer) == "3 lines; class: minor, trunk");
    CHECK(layer.lonlat == rasters::Box{73, 33, 74, 35});
    const std::string dem = write_raster(
        folder / "dem.tif", {.west = 500'000, .north = 3'700'000, .cols = 2, .rows = 1}, std::vector<float>{1.5F, 20});
    CHECK(engine::described(engine::layers_in(dem, only_files).front()) == "2 x 1 pixels; 1.5 to 20");
}
