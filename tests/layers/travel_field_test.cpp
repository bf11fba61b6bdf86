// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_field.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

using namespace zonerank;
using rasters::Grid;
using rasters::Tile;
using rasters::Window;

TEST_CASE("a friction is needed, and said to be") {
    const layers::Sources without({}, {});
    CHECK_THROWS_WITH_AS(layers::need_friction(without, "gravity"),
                         "gravity needs to know how fast one moves: a `friction` section with `speeds`", Error);
    CHECK_NOTHROW(layers::need_friction(layers::Sources({}, {}, layers::FrictionSpec{}), "gravity"));
}

TEST_CASE("a box in longitude and latitude") {
    const rasters::Box box = layers::in_lonlat({500'000, 3'600'000, 500'100, 3'600'100}, tests::grid_of(1, 1, 100));
    CHECK(box.xmin == doctest::Approx(75));
    CHECK(box.ymin == doctest::Approx(32.5369).epsilon(1e-4));
}

TEST_CASE("ways lead from ground that is crossed and from roads over what isn't") {
    const tests::Folder folder;
    const Grid grid = tests::grid_of(10, 10, 100);
    layers::FrictionSpec spec;
    spec.barriers = {{.layer = "lake"}};
    spec.speeds = {{.layer = "road", .speed = 60}};
    layers::Sources sources(
        {tests::wkt_layer(
             folder, "lake", "",
             {"\"POLYGON ((500000 3600000,500000 3600500,501000 3600500,501000 3600000,500000 3600000))\""}),
         tests::wkt_layer(folder, "road", "", {"\"LINESTRING (500050 3600250,500950 3600250)\""})},
        {}, spec);
    const auto friction = sources.friction(grid);
    layers::Ways ways(*friction);
    CHECK(ways.lead_from({3, 2}));
    CHECK(ways.lead_from({3, 7}));
    CHECK(!ways.lead_from({3, 8}));
}

TEST_CASE("ways are the ground's, wherever they are asked about") {
    const tests::Folder folder;
    const Grid grid = tests::grid_of(150, 130, 100);
    layers::FrictionSpec spec;
    spec.barriers = {{.layer = "lake"}};
    layers::Sources sources(
        {tests::wkt_layer(
            folder, "lake", "",
            {"\"POLYGON ((503000 3602000,506000 3611000,512000 3607000,509000 3601000,503000 3602000))\""})},
        {}, spec);
    const auto friction = sources.friction(grid);
    layers::Ways ways(*friction);
    const Tile ground = friction->slowness(grid.window());
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            REQUIRE(ways.lead_from({col, row}) == !std::isnan(ground[{col, row}]));
}

TEST_CASE("what was solved is read on the study's grid") {
    const Grid over = tests::grid_of(20, 20, 300), study = tests::grid_of(60, 60, 100);
    const auto eastings = [&](Window window) {
        Tile tile(window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col)
                tile[{col, row}] = col == 5 ? rasters::no_data : static_cast<float>(over.centre_x(col) - 500'000);
        return tile;
    };
    CHECK(std::filesystem::is_directory(layers::scratch_folder()));
    layers::SolvedRaster solved;
    solved.hold(over, eastings, {over, study});
    const Tile read = solved.read(study.window());
    CHECK(read[{31, 30}] == 3150);
    CHECK(std::isnan(read[{16, 30}]));
}
