// SPDX-License-Identifier: Apache-2.0
#include "rasters/reader.hpp"

#include "tests/support/reading.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

TEST_CASE("a raster in longitude and latitude is read in x, y order") {
    const Folder folder;
    // 3 arc-seconds; the value tells the place.
    const MadeRaster frame{"EPSG:4326", 73, 34, 1.0 / 1200, 400, 300};
    const std::string path =
        write_raster(folder / "lonlat.tif", frame, filled(400, 300, [](int c, int r) { return c + 10 * r; }));
    const Box box = reproject(Box{73.05, 33.8, 73.28, 33.95}, Transform(wgs84(), utm43));
    const Grid grid = grid_over(box, 60, utm43.wkt);
    const Tile nearest = read_all({.paths = {path}, .resample = Resample::nearest}, grid);
    CHECK(difference(nearest.values(), warped(folder, path, grid, "near")).largest == 0);
    const Tile bilinear = read_all({.paths = {path}}, grid);
    const Difference d = difference(bilinear.values(), warped(folder, path, grid, "bilinear"));
    CHECK(d.largest < 1e-3);
    CHECK(d.cells == grid.window().size());
}

TEST_CASE("the antimeridian and longitudes from 0 to 360 leave no seam") {
    const Folder folder;
    const Crs fiji = default_crs({179, -18, -179, -16});
    const Transform to_grid(wgs84(), fiji);
    // A value that goes smoothly across: the cosine of longitude.
    const auto value = [](double lon, double lat) { return 1000 * std::cos(lon / 180 * 3.14159265358979) + 10 * lat; };
    const auto pixels = [&](double west) {
        return filled(720, 360, [=](int c, int r) { return value(west + (c + 0.5) / 2, 90 - (r + 0.5) / 2); });
    };
    const std::string from_minus_180 =
        write_raster(folder / "a.tif", {"EPSG:4326", -180, 90, 0.5, 720, 360}, pixels(-180));
    const std::string from_0 = write_raster(folder / "b.tif", {"EPSG:4326", 0, 90, 0.5, 720, 360}, pixels(0));
    const std::string narrow =
        write_raster(folder / "c.tif", {"EPSG:4326", 176, -10, 0.5, 16, 20},
                     filled(16, 20, [=](int c, int r) { return value(176.25 + c * 0.5, -10.25 - r * 0.5); }));
    const Grid grid = grid_over(reproject(Box{178, -19, 182, -15}, to_grid), 5000, fiji.wkt);
    const Transform back(fiji, wgs84());
    for (const std::string& path : {from_minus_180, from_0, narrow})
        for (const Resample how : {Resample::bilinear, Resample::average}) {
            CAPTURE(path);
            const Tile tile = read_all({.paths = {path}, .resample = how}, grid);
            double largest = 0;
            for (int row = 0; row < grid.rows; ++row)
                for (int col = 0; col < grid.cols; ++col) {
                    const Point p = back(grid.centre({col, row}));
                    const double off = std::abs(1.0 * tile[{col, row}] - value(p.x, p.y));
                    largest = std::isnan(off) ? 1e9 : std::max(largest, off);
                }
            // A box average of coarse pixels is off by up to half a pixel's slope.
            CHECK(largest < (how == Resample::bilinear ? 0.1 : 3.5));
        }
}

TEST_CASE("around a pole every cell gets the latitudes that it covers") {
    const Folder folder;
    const std::string path = write_raster(folder / "lat.tif", {"EPSG:4326", -180, 90, 0.5, 720, 100},
                                          filled(720, 100, [](int, int r) { return 89.75 - r * 0.5; }));
    const Crs polar = parse_crs("EPSG:3413");
    const Transform back(polar, wgs84());
    const Grid grid = grid_over({-1'000'000, -1'000'000, 1'000'000, 1'000'000}, 100'000, polar.wkt);
    // The cell at the pole itself has no quadrilateral of longitudes.
    const auto at_pole = [&](int col, int row) { return std::hypot(col - 9.5, row - 9.5) < 1.5; };
    for (const Resample how : {Resample::bilinear, Resample::average}) {
        const RasterReader reader({.paths = {path}, .resample = how}, grid, {});
        const Tile tile = reader.read(grid.window());
        for (int row = 0; row < grid.rows; ++row)
            for (int col = 0; col < grid.cols; ++col) {
                CAPTURE(col);
                CAPTURE(row);
                if (at_pole(col, row))
                    continue;
                CHECK(std::abs(1.0 * tile[{col, row}] - back(grid.centre({col, row})).y) <
                      (how == Resample::bilinear ? 0.01 : 0.15));
                CHECK(reader.read({col, row, 1, 1})[{col, row}] == tile[{col, row}]);
            }
    }
}

TEST_CASE("files side by side are one raster; a later one lies on top") {
    const Folder folder;
    const auto part = [&](const char* name, int from, int cols, double lift) {
        MadeRaster frame = dem_frame;
        frame.west += from * 30;
        frame.cols = cols;
        return write_raster(folder / name, frame,
                            filled(cols, dem_rows, [=](int c, int r) { return lift + hill(from + c, r); }));
    };
    const std::string whole = make_dem(folder), west = part("west.tif", 0, 100, 0),
                      east = part("east.tif", 100, 120, 0), above = part("above.tif", 90, 20, 1000);
    const Grid grid = grid_in(utm42, dem_box, 47);
    for (const Resample how : {Resample::bilinear, Resample::average}) {
        const Tile one = read_all({.paths = {whole}, .resample = how}, grid);
        CHECK(same_bits(one.values(), read_all({.paths = {west, east}, .resample = how}, grid).values()));
        CHECK(same_bits(one.values(), read_all({.paths = {above, west, east}, .resample = how}, grid).values()));
    }
    const Grid own = grid_over(dem_box, 30, utm43.wkt);
    const Tile covered = read_all({.paths = {west, east, above}}, own);
    CHECK(1.0 * covered[{95, 3}] == doctest::Approx(1000 + hill(95, 3)));
    CHECK(1.0 * covered[{89, 3}] == doctest::Approx(hill(89, 3)));
    CHECK(1.0 * covered[{110, 3}] == doctest::Approx(hill(110, 3)));
    const RasterInfo info = inspect({.paths = {east, west}}, {});
    CHECK(info.cols == dem_cols);
    CHECK(info.rows == dem_rows);
    CHECK(info.box == dem_box);
}

TEST_CASE("files of other lattices and zones are laid over each other") {
    const Folder folder;
    // 1000 everywhere in zone 43; 2000 on a coarser lattice of zone 42, over the eastern half.
    const std::string base = write_raster(folder / "base.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 200, 200},
                                          std::vector<float>(40'000, 1000));
    const Point corner = Transform(utm43, utm42)({303'000, 3'680'400});
    const std::string top = write_raster(folder / "top.tif", {"EPSG:32642", corner.x, corner.y + 2000, 70, 300, 300},
                                         std::vector<float>(90'000, 2000));
    const Grid grid = grid_over({300'300, 3'675'000, 305'700, 3'680'000}, 90, utm43.wkt);
    const Tile tile = read_all({.paths = {base, top}}, grid);
    CHECK(tile[{5, 20}] == 1000);
    CHECK(tile[{grid.cols - 5, 20}] == 2000);
    // Under the edge a cell holds both, by their shares of it.
    const auto mixed =
        std::count_if(tile.values().begin(), tile.values().end(), [](float v) { return v > 1000.01F && v < 1999.99F; });
    CHECK(mixed >= grid.rows / 2);
    CHECK(mixed <= 3 * grid.rows);
    CHECK(read_all({.paths = {top, base}}, grid)[{grid.cols - 5, 20}] == 1000);
    // Two thirds of this cell lie on the western edge of the lower file.
    const int rim = grid.cover({300'010, 3'679'000, 300'011, 3'679'001}).col;
    const RasterReader averages({.paths = {base, top}}, grid, {});
    CHECK(averages.read({rim, 20, 1, 1})[{rim, 20}] == 1000);
    const RasterReader amounts({.paths = {base, top}, .values = Values::counts}, grid, {});
    CHECK(1.0 * amounts.read({rim, 20, 1, 1})[{rim, 20}] == doctest::Approx(6 * 1000));
    CHECK(std::isnan(averages.read({rim - 1, 20, 1, 1})[{rim - 1, 20}]));
    // Nobody is counted twice where two files overlap.
    const Tile people = read_all({.paths = {base, base, top}, .values = Values::counts}, grid);
    CHECK(1.0 * people[{5, 20}] == doctest::Approx(9 * 1000));
    CHECK(1.0 * people[{grid.cols - 5, 20}] == doctest::Approx(90.0 * 90 / 70 / 70 * 2000).epsilon(0.01));
}

TEST_CASE("a raster that is turned, or has north below, is read where it lies") {
    const Folder folder;
    const std::string path = make_dem(folder), turned = folder / "turned.vrt", below = folder / "below.tif";
    tests::write_file(turned, fmt::format(R"(<VRTDataset rasterXSize="{}" rasterYSize="{}"><SRS>EPSG:32643</SRS>
        <GeoTransform>300000, 28, 9, 3680400, 8, -29</GeoTransform><VRTRasterBand dataType="Float32" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">dem.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
        </VRTRasterBand></VRTDataset>)",
                                          dem_cols, dem_rows));
    // Finer than the pixels: gdalwarp's bilinear widens its kernel where it shrinks.
    const Grid grid = grid_over({301'500, 3'676'500, 305'000, 3'679'500}, 15, utm43.wkt);
    const auto compare = [&](const std::string& file, Resample how, const char* name) {
        const Difference d =
            difference(read_all({.paths = {file}, .resample = how}, grid).values(), warped(folder, file, grid, name));
        CHECK(d.cells > 0.9 * static_cast<double>(grid.window().size()));
        CHECK(d.only_one == 0);
        return d.largest;
    };
    CHECK(compare(turned, Resample::nearest, "near") == 0);
    CHECK(compare(turned, Resample::bilinear, "bilinear") < 2e-3);
    const RasterInfo info = inspect({.paths = {turned}}, {});
    CHECK(info.cell_x == doctest::Approx(std::hypot(28, 8)));
    CHECK(info.box.ymax == doctest::Approx(3'680'400 + 8 * dem_cols));

    REQUIRE(output_of(fmt::format("gdal_translate -q -a_ullr {} {} {} {} {} {}", dem_box.xmin, dem_box.ymin,
                                  dem_box.xmax, dem_box.ymax, path, below))
                .empty());
    CHECK(compare(below, Resample::bilinear, "bilinear") < 2e-3);
    const Grid own = grid_over(dem_box, 30, utm43.wkt);
    const Tile flipped = read_all({.paths = {below}}, own), upright = read_all({.paths = {path}}, own);
    CHECK(same_bits(flipped.row(dem_rows - 1), upright.row(0)));
}

TEST_CASE("heights in a CRS do not change where things are") {
    const Transform plain(wgs84(), utm43), with_heights(parse_crs("EPSG:4326+5773"), utm43);
    CHECK(plain({73.75, 33.15}) == with_heights({73.75, 33.15}));
}
