// SPDX-License-Identifier: Apache-2.0
#include "rasters/reader.hpp"

#include "tests/support/reading.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("an aligned grid gets the file's own numbers") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    const Grid grid = grid_over(dem_box, 30, utm43.wkt);
    REQUIRE(grid.cols == dem_cols);
    std::vector<float> expected = all_values(path);
    std::replace(expected.begin(), expected.end(), -9999.0F, no_data);
    for (const Resample how : {Resample::automatic, Resample::nearest, Resample::bilinear, Resample::average})
        CHECK(same_bits(read_all({.paths = {path}, .resample = how}, grid).values(), expected));
    CHECK(same_bits(read_all({.paths = {path}, .values = Values::counts}, grid).values(), expected));
}

TEST_CASE("beyond the raster there is no data, beyond the grid there is") {
    const Folder folder;
    const std::string path = make_dem(folder);
    const Grid whole = grid_over(dem_box, 30, utm43.wkt);
    Grid part = whole;
    part.west += 50;
    part.north += 40;
    part.cols = part.rows = 20;
    const RasterReader reader({.paths = {path}}, part, {});
    const Tile around = reader.read({-50, -40, 60, 60});
    const Tile expected = RasterReader({.paths = {path}}, whole, {}).read({0, 0, 60, 60});
    CHECK(same_bits(around.values(), expected.values()));
    const Tile beyond = reader.read({-60, 0, 12, 1});
    CHECK(std::isnan(beyond[{-51, 0}]));
    CHECK(!std::isnan(beyond[{-50, 0}]));
    CHECK(std::isnan(reader.read({100'000, 0, 1, 1})[{100'000, 0}]));
}

TEST_CASE("warped values are gdalwarp's") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    struct Row {
        const Crs* crs;
        double cell;
        Resample how;
        const char* name;
        double tolerance;
    };
    for (const Row& row :
         {Row{&utm42, 30, Resample::nearest, "near", 0}, Row{&utm42, 27, Resample::bilinear, "bilinear", 2e-3},
          Row{&utm43, 27, Resample::bilinear, "bilinear", 2e-3}, Row{&utm43, 130, Resample::average, "average", 2e-3},
          Row{&utm43, 7, Resample::nearest, "near", 0}}) {
        CAPTURE(row.name);
        CAPTURE(row.cell);
        Grid grid = grid_in(*row.crs, dem_box.grown(-300), row.cell);
        grid.anchor = {11, 4};
        const Tile ours = read_all({.paths = {path}, .resample = row.how}, grid);
        const Difference d = difference(ours.values(), warped(folder, path, grid, row.name));
        CHECK(d.cells > 0.8 * static_cast<double>(ours.values().size()));
        CHECK(d.largest <= row.tolerance);
        CHECK(d.only_one == 0);
    }
}

// gdalwarp averages over upright boxes; a cell of another CRS is tilted.
TEST_CASE("the average over a tilted cell is that of many points in it") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    const std::vector<float> pixels = all_values(path);
    const Grid grid = grid_in(utm42, dem_box.grown(-300), 130);
    const Tile ours = read_all({.paths = {path}}, grid);
    const Transform to_source(utm42, utm43);
    constexpr int n = 60;
    double largest = 0;
    for (int row = 3; row < grid.rows - 3; row += 3)
        for (int col = 3; col < grid.cols - 3; col += 3) {
            double sum = 0;
            int with_data = 0;
            for (int i = 0; i < n * n; ++i) {
                const Point p = to_source({grid.edge_x(col) + grid.cell * (i % n + 0.5) / n,
                                           grid.edge_y(row) - grid.cell * (i / n + 0.5) / n});
                const int c = static_cast<int>(std::floor((p.x - dem_frame.west) / 30));
                const int r = static_cast<int>(std::floor((dem_frame.north - p.y) / 30));
                if (c < 0 || r < 0 || c >= dem_cols || r >= dem_rows || in_hole(c, r))
                    continue;
                sum += 1.0 * pixels[static_cast<std::size_t>(r * dem_cols + c)];
                ++with_data;
            }
            if (with_data > n * n / 20)
                largest = std::max(largest, std::abs(sum / with_data - 1.0 * ours[{col, row}]));
            else if (with_data == 0)
                CHECK(std::isnan(ours[{col, row}]));
        }
    CHECK(largest < 0.5);
}

TEST_CASE("values do not depend on the window or the thread") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    struct Row {
        double cell;
        Resample how;
    };
    for (const Row& row : {Row{11, Resample::automatic}, Row{100, Resample::automatic}, Row{12, Resample::nearest}}) {
        const Grid grid = grid_in(utm42, dem_box, row.cell);
        const RasterReader reader({.paths = {path}, .resample = row.how}, grid, {});
        const Tile whole = reader.read(grid.window());
        for (const int side : {1, 7, 64, 513}) {
            CAPTURE(side);
            // Single cells over a part are enough.
            const Window area = side == 1 ? Window{30, 20, 25, 25} : grid.window();
            std::vector<Tile> parts;
            const std::vector<Window> windows = tiles(area, side);
            parts.resize(windows.size());
            std::vector<std::thread> threads;
            for (std::size_t t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    for (std::size_t i = t; i < windows.size(); i += 4)
                        parts[i] = reader.read(windows[i]);
                });
            for (std::thread& thread : threads)
                thread.join();
            int different = 0;
            for (const Tile& part : parts)
                for (int r = part.window().row; r < part.window().row + part.window().rows; ++r)
                    different +=
                        !same_bits(part.row(r), whole.row(r).subspan(static_cast<std::size_t>(part.window().col),
                                                                     static_cast<std::size_t>(part.window().cols)));
            CHECK(different == 0);
        }
    }
}

TEST_CASE("counts keep their sum through any change of cell and CRS") {
    const Folder folder;
    const MadeRaster frame{"EPSG:32643", 300'000, 3'680'400, 100, 60, 50};
    std::mt19937 random(3);
    const std::string path = write_raster(folder / "people.tif", frame, filled(60, 50, [&](int c, int r) {
                                              return c < 2 || r < 2 ? 0 : static_cast<double>(random() % 90);
                                          }));
    double total = 0;
    for (const float v : all_values(path))
        total += 1.0 * v;
    const Box box{300'000, 3'680'400 - 5000, 306'000, 3'680'400};
    for (const double cell : {33.0, 100.0, 270.0, 1000.0})
        for (const Crs* crs : {&utm43, &utm42}) {
            CAPTURE(cell);
            const Grid grid = grid_in(*crs, box.grown(1000), cell);
            const Tile tile = read_all({.paths = {path}, .values = Values::counts}, grid);
            CHECK(sum_of(tile) == doctest::Approx(total).epsilon(1e-6));
        }
}

TEST_CASE("interpolation neither grows nor shrinks the data") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    const Grid grid = grid_over(dem_box.grown(-60), 8, utm43.wkt);
    const Tile fine = read_all({.paths = {path}}, grid);
    const Tile nearest = read_all({.paths = {path}, .resample = Resample::nearest}, grid);
    int different = 0;
    float lowest = 1e9F;
    for (std::size_t i = 0; i < fine.values().size(); ++i) {
        different += std::isnan(fine.values()[i]) != std::isnan(nearest.values()[i]);
        lowest = std::min(lowest, fine.values()[i]);
    }
    CHECK(different == 0);
    CHECK(lowest > 300); // no trace of -9999
}

TEST_CASE("a chunked read of many pixels to a cell equals the mean of its block") {
    const Folder folder;
    // 4,000 x 3,000 pixels in cells of 500 x 500: more than is held at a time.
    const MadeRaster frame{"EPSG:32643", 300'000, 3'680'400, 1, 4000, 3000};
    const std::vector<float> values = filled(4000, 3000, [](int c, int r) { return (c * 31 + r * 17) % 1009; });
    const std::string path = write_raster(folder / "fine.tif", frame, values);
    const Grid grid{utm43.wkt, 500, 0, 0, 8, 6, {300'000, 3'680'400}};
    const Tile tile = read_all({.paths = {path}}, grid);
    for (int row = 0; row < 6; ++row)
        for (int col = 0; col < 8; ++col) {
            double sum = 0;
            for (int r = row * 500; r < row * 500 + 500; ++r)
                for (int c = col * 500; c < col * 500 + 500; ++c)
                    sum += 1.0 * values[static_cast<std::size_t>(r) * 4000 + static_cast<std::size_t>(c)];
            CHECK(tile[{col, row}] == static_cast<float>(sum / 250'000));
        }
}

TEST_CASE("classes are never mixed") {
    const Folder folder;
    const std::string path =
        write_raster(folder / "cover.tif", dem_frame,
                     filled(dem_cols, dem_rows, [](int c, int r) { return (c / 7 + r / 5) % 2 * 50 + 10; }));
    for (const double cell : {10.0, 45.0, 200.0}) {
        const Tile tile =
            read_all({.paths = {path}, .values = Values::classes}, grid_in(utm42, dem_box.grown(-400), cell));
        CHECK(std::ranges::all_of(tile.values(), [](float v) { return v == 10 || v == 60 || std::isnan(v); }));
        CHECK(std::ranges::count(tile.values(), 60.0F) > grid_in(utm42, dem_box.grown(-400), cell).window().size() / 3);
    }
}
