// SPDX-License-Identifier: Apache-2.0
#include "layers/terrain.hpp"

#include "rasters/terrain.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>

using namespace zonerank;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;
using tests::whole;

// Elevations of a made-up ground around the south-west corner of grid_of(), a
// margin of 300 m on each side; x and y count from that corner.
static LayerSpec ground(const Folder& folder, double cell, double extent,
                        const std::function<double(double, double)>& z) {
    constexpr double margin = 300;
    const int side = static_cast<int>((extent + 2 * margin) / cell);
    std::vector<float> values;
    for (int row = 0; row < side; ++row)
        for (int col = 0; col < side; ++col)
            values.push_back(static_cast<float>(z((col + 0.5) * cell - margin, extent + margin - (row + 0.5) * cell)));
    LayerSpec spec;
    spec.name = "terrain";
    spec.paths = {tests::write_raster(
        folder / "terrain.tif",
        {.west = 500'000 - margin, .north = 3'600'000 + extent + margin, .cell = cell, .cols = side, .rows = side},
        values)};
    return spec;
}

static float centre_of(const Layer& layer, const Grid& grid) {
    return whole(layer, grid)[{grid.cols / 2, grid.rows / 2}];
}

TEST_CASE("an inclined plane has one slope, one aspect and one ruggedness at any cell") {
    const Folder folder;
    // Rises by 10 % towards the east: faces west.
    Sources sources({ground(folder, 30, 1200, [](double x, double) { return 0.1 * x; })}, {});
    for (const double cell : {30.0, 120.0}) {
        const Grid grid = tests::grid_of(static_cast<int>(1200 / cell), static_cast<int>(1200 / cell), cell);
        CAPTURE(cell);
        CHECK(centre_of(measured(sources, "slope: {of: terrain}", grid), grid) == doctest::Approx(10).epsilon(1e-4));
        CHECK(centre_of(measured(sources, "aspect: {of: terrain}", grid), grid) == doctest::Approx(270).epsilon(1e-4));
        // Six of the eight neighbours are 3 m higher or lower at 30 m.
        CHECK(centre_of(measured(sources, "ruggedness: {of: terrain}", grid), grid) ==
              doctest::Approx(3 * std::sqrt(6.0)).epsilon(1e-4));
        CHECK(centre_of(measured(sources, "ruggedness: {of: terrain, at: grid}", grid), grid) ==
              doctest::Approx(0.1 * cell * std::sqrt(6.0)).epsilon(1e-4));
    }
}

TEST_CASE("slope is measured first and resampled second") {
    const Folder folder;
    // Ridges of 120 m: 20 % up, 20 % down. On 240 m cells they average out.
    const auto ridges = [](double x, double) { return 0.2 * std::abs(std::remainder(x, 120)); };
    Sources sources({ground(folder, 30, 1920, ridges)}, {});
    const Grid grid = tests::grid_of(8, 8, 240);
    const float native = centre_of(measured(sources, "slope: {of: terrain}", grid), grid);
    const float coarse = centre_of(measured(sources, "slope: {of: terrain, at: grid}", grid), grid);
    // Elevations are 3, 9, 9, 3 m ...: over 60 m each cell sees a rise of 6 m.
    CHECK(native == doctest::Approx(10).epsilon(1e-4));
    CHECK(coarse < 0.01);
    // The same by hand: the kernel on the source's cells, then the mean of 8 x 8.
    const Grid fine = rasters::refined(grid, 8);
    rasters::Tile z(fine.window().grown(1));
    for (int row = -1; row <= fine.rows; ++row)
        for (int col = -1; col <= fine.cols; ++col)
            z[{col, row}] = static_cast<float>(ridges((col + 0.5) * 30, 0));
    const rasters::Tile slope = rasters::slope(z, fine, fine.window());
    double sum = 0;
    for (int row = 32; row < 40; ++row)
        for (int col = 32; col < 40; ++col)
            sum += static_cast<double>(slope[{col, row}]);
    CHECK(native == doctest::Approx(sum / 64).epsilon(1e-4));
}

TEST_CASE("elevations in feet are metres to the measure") {
    const Folder folder;
    LayerSpec spec = ground(folder, 30, 300, [](double x, double) { return 0.1 * x / 0.3048; });
    spec.unit = layers::unit_called("ft");
    const Grid grid = tests::grid_of(10, 10, 30);
    if (spec.unit.dimension == layers::Dimension::length) {
        Sources sources({spec}, {});
        CHECK(centre_of(measured(sources, "slope: {of: terrain}", grid), grid) == doctest::Approx(10).epsilon(1e-4));
    }
    spec.unit = layers::unit_called("km");
    Sources sources({spec}, {});
    CHECK(centre_of(measured(sources, "slope: {of: terrain}", grid), grid) ==
          doctest::Approx(10'000 / 0.3048).epsilon(1e-4));
}

TEST_CASE("aspects are averaged as directions") {
    const Folder folder;
    // A roof whose ridge runs north-south through the middle of each 240 m cell.
    const auto roof = [](double x, double) { return -0.2 * std::abs(std::remainder(x - 120, 240)); };
    // Faces north by 0.2 and east or west by a tenth of that.
    const auto gable = [](double x, double y) { return -0.2 * y - 0.02 * std::abs(std::remainder(x - 120, 240)); };
    const Grid grid = tests::grid_of(5, 5, 240);
    Sources roofs({ground(folder, 30, 1200, roof)}, {});
    CHECK(centre_of(measured(roofs, "aspect: {of: terrain}", grid), grid) == -1);
    Sources gables({ground(folder, 30, 1200, gable)}, {});
    const float north = centre_of(measured(gables, "aspect: {of: terrain}", grid), grid);
    CHECK(std::abs(std::remainder(north, 360.0F)) < 0.01F);
}

TEST_CASE("ground below `flat` faces nowhere") {
    const Folder folder;
    Sources sources({ground(folder, 30, 300, [](double x, double) { return 0.02 * x; })}, {});
    const Grid grid = tests::grid_of(10, 10, 30);
    CHECK(centre_of(measured(sources, "aspect: {of: terrain}", grid), grid) == doctest::Approx(270).epsilon(1e-4));
    CHECK(centre_of(measured(sources, "aspect: {of: terrain, flat: 3 %}", grid), grid) == -1);
    CHECK(centre_of(measured(sources, "aspect: {of: terrain, flat: 2°}", grid), grid) == -1);
}

TEST_CASE("a cell is flat where more than half of it is") {
    const Folder folder;
    // Stairs to the east, 240 m each: level up to `level`, then rising. Columns of
    // 30 m next to a rising one see it too.
    const Grid grid = tests::grid_of(5, 5, 240);
    const auto aspect_of_stairs = [&](double level) {
        Sources sources({ground(folder, 30, 1200,
                                [=](double x, double) {
                                    const double step = std::floor(x / 240), along = x - 240 * step;
                                    return step * (240 - level) + std::max(0.0, along - level);
                                })},
                        {});
        return centre_of(measured(sources, "aspect: {of: terrain}", grid), grid);
    };
    CHECK(aspect_of_stairs(165) == 270); // 4 of 8 columns are level
    CHECK(aspect_of_stairs(195) == -1);  // 5 of 8
}

TEST_CASE("a cell measures the same in whatever window") {
    const Folder folder;
    const auto hills = [](double x, double y) { return 40 * std::sin(x / 97) * std::cos(y / 61) + 0.03 * x; };
    Sources sources({ground(folder, 20, 1200, hills)}, {});
    for (const double cell : {160.0, 20.0, 7.5}) {
        const int side = static_cast<int>(1200 / cell);
        const Grid grid = tests::grid_of(side, side, cell);
        for (const char* text : {"slope: {of: terrain}", "aspect: {of: terrain}", "ruggedness: {of: terrain}",
                                 "slope: {of: terrain, at: grid}", "aspect: {of: terrain, at: grid}"}) {
            CAPTURE(cell);
            CAPTURE(text);
            CHECK(same_in_tiles(measured(sources, text, grid), grid, side / 2 - 1));
        }
    }
}

TEST_CASE("many native cells to one are measured in parts, without a seam") {
    const Folder folder;
    Sources sources({ground(folder, 2, 1200, [](double x, double y) { return 0.05 * x + 0.1 * y; })}, {});
    const Grid grid = tests::grid_of(20, 20, 60); // 32 x 32 native cells to one: parts of 32 cells, so go wider
    const Layer layer = measured(sources, "slope: {of: terrain}", grid);
    CHECK(same_in_tiles(layer, grid, 6));
    const rasters::Tile wide = layer.tile(grid.window().grown(20)); // 60 cells a side: four parts
    const rasters::Tile narrow = layer.tile(grid.window());
    for (int row = 0; row < 20; ++row)
        for (int col = 0; col < 20; ++col)
            CHECK(wide[{col, row}] == narrow[{col, row}]);
    CHECK(narrow[{10, 10}] == doctest::Approx(100 * std::hypot(0.05, 0.1)).epsilon(1e-3));
}

TEST_CASE("beyond the raster there is no terrain") {
    const Folder folder;
    Sources sources({ground(folder, 30, 300, [](double, double) { return 1; })}, {});
    const Grid grid = tests::grid_of(10, 10, 30);
    const Layer layer = measured(sources, "slope: {of: terrain}", grid);
    const rasters::Tile tile = layer.tile({-30, -30, 70, 70});
    CHECK(std::isnan(tile[{-30, -30}]));
    CHECK(tile[{-5, -5}] == 0);
    CHECK(std::isnan(layer.tile({1000, 1000, 2, 2})[{1000, 1000}]));
}

TEST_CASE("terrain measures refuse what holds no elevations") {
    const Folder folder;
    LayerSpec people = ground(folder, 30, 300, [](double, double) { return 1; });
    people.unit = layers::unit_called("people");
    LayerSpec classes = people;
    classes.name = "classes";
    classes.unit = {};
    classes.values = rasters::Values::classes;
    const Sources sources({people, classes, tests::wkt_layer(folder, "roads", "", {"\"LINESTRING (0 0, 1 1)\""})}, {});
    CHECK_THROWS_WITH_AS(tests::measure(sources, "slope: {of: terrain}"),
                         "test: layer 'terrain' is in people; slope needs elevations (unit: m)", Error);
    CHECK_THROWS_WITH_AS(tests::measure(sources, "aspect: {of: classes}"),
                         "test: layer 'classes' holds classes; aspect needs elevations", Error);
    CHECK_THROWS_WITH_AS(tests::measure(sources, "ruggedness: {of: roads}"),
                         "test: layer 'roads' holds lines; ruggedness needs a raster", Error);
}

// gdaldem's own slope at the raster's resolution, averaged to the same cells.
TEST_CASE("the mean slope of a coarse grid is that of the ground") {
    const char* data = std::getenv("ZONERANK_TEST_DATA");
    if (data == nullptr) {
        MESSAGE("ZONERANK_TEST_DATA is not set: skipped");
        return;
    }
    const Folder folder;
    LayerSpec terrain, reference;
    terrain.name = "terrain";
    terrain.paths = {std::string(data) + "/terrain/spearfish_dem_30m.tif"};
    reference.name = "reference";
    reference.paths = {folder / "slope.tif"};
    REQUIRE(tests::output_of("gdaldem slope -p -q " + terrain.paths[0] + " " + reference.paths[0]).empty());
    Sources sources({terrain, reference}, {});
    const rasters::RasterInfo info = sources.raster_info("terrain");
    for (const char* crs : {"EPSG:26713", "EPSG:32613"}) {
        const rasters::Transform transform(info.crs, rasters::parse_crs(crs));
        const Grid grid =
            rasters::grid_over(rasters::reproject(info.box, transform).grown(-1500), 240, rasters::parse_crs(crs).wkt);
        const rasters::Tile ours = whole(measured(sources, "slope: {of: terrain}", grid), grid);
        const rasters::Tile theirs = whole(measured(sources, "sample: {of: reference}", grid), grid);
        double sum = 0, expected = 0;
        for (std::size_t i = 0; i < ours.values().size(); ++i)
            if (!std::isnan(ours.values()[i]) && !std::isnan(theirs.values()[i])) {
                sum += static_cast<double>(ours.values()[i]);
                expected += static_cast<double>(theirs.values()[i]);
            }
        CAPTURE(crs);
        CHECK(sum == doctest::Approx(expected).epsilon(0.01));
    }
}
