// SPDX-License-Identifier: Apache-2.0
#include "rasters/reader.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <thread>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::MadeRaster;
using tests::output_of;
using tests::write_raster;

namespace {

const Crs utm43 = parse_crs("EPSG:32643"), utm42 = parse_crs("EPSG:32642");

// Hills of a few hundred metres, by place in pixels.
double hill(double x, double y) {
    return 500 + 120 * std::sin(x / 9) * std::cos(y / 13) + 30 * std::sin((x + y) / 3.1);
}

std::vector<float> filled(int cols, int rows, const std::function<double(int col, int row)>& f) {
    std::vector<float> values;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            values.push_back(static_cast<float>(f(col, row)));
    return values;
}

constexpr int dem_cols = 220, dem_rows = 180;
const MadeRaster dem_frame{"EPSG:32643", 300'000, 3'680'400, 30, dem_cols, dem_rows};
const Box dem_box{300'000, 3'680'400 - 180 * 30, 300'000 + 220 * 30, 3'680'400};

bool in_hole(int col, int row) {
    return std::hypot(col - 100, row - 90) < 15;
}

std::string make_dem(const Folder& folder, bool hole = false) {
    return write_raster(
        folder / (hole ? "hole.tif" : "dem.tif"), dem_frame,
        filled(dem_cols, dem_rows, [=](int c, int r) { return hole && in_hole(c, r) ? -9999 : hill(c, r); }));
}

std::vector<float> all_values(const std::string& path) {
    const auto file = open(path, DatasetKind::raster, {});
    std::vector<float> values(static_cast<std::size_t>(file->GetRasterXSize()) *
                              static_cast<std::size_t>(file->GetRasterYSize()));
    REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, file->GetRasterXSize(), file->GetRasterYSize(),
                                             values.data(), file->GetRasterXSize(), file->GetRasterYSize(), GDT_Float32,
                                             0, 0, nullptr) == CE_None);
    return values;
}

// The grid's cells as gdalwarp gives them, exact transformer; -9999 for none.
std::vector<float> warped(const Folder& folder, const std::string& from, const Grid& grid, const std::string& how,
                          const std::string& more = "") {
    const std::string to = folder / "warped.tif";
    const Box box = grid.box();
    tests::write_file(folder / "grid.wkt", grid.crs);
    const std::string said =
        output_of(fmt::format("gdalwarp -q -overwrite -et 0 -ovr NONE -wo SAMPLE_GRID=YES -r {} -t_srs {} -te {:.17g} "
                              "{:.17g} {:.17g} {:.17g} -ts {} {} -ot Float32 -dstnodata -9999 {} {} {}",
                              how, (folder / "grid.wkt").string(), box.xmin, box.ymin, box.xmax, box.ymax, grid.cols,
                              grid.rows, more, from, to));
    REQUIRE_MESSAGE(said.empty(), said);
    return all_values(to);
}

struct Difference {
    double largest = 0;
    int cells = 0, only_one = 0; ///< with data in both, in one of the two
};

Difference difference(std::span<const float> ours, std::span<const float> theirs) {
    REQUIRE(ours.size() == theirs.size());
    Difference d;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const bool here = !std::isnan(ours[i]), there = theirs[i] != -9999.0F;
        if (here && there) {
            d.largest = std::max(d.largest, std::abs(1.0 * ours[i] - 1.0 * theirs[i]));
            ++d.cells;
        } else if (here != there)
            ++d.only_one;
    }
    return d;
}

bool same_bytes(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

Tile read_all(const RasterSource& source, const Grid& grid) {
    return RasterReader(source, grid, {}).read(grid.window());
}

Grid grid_in(const Crs& crs, const Box& box, double cell) {
    return grid_over(reproject(box, Transform(utm43, crs)), cell, crs.wkt);
}

double sum_of(const Tile& tile) {
    double sum = 0;
    for (const float v : tile.values())
        sum += std::isnan(v) ? 0 : 1.0 * v;
    return sum;
}

} // namespace

TEST_CASE("an aligned grid gets the file's own numbers") {
    const Folder folder;
    const std::string path = make_dem(folder, true);
    const Grid grid = grid_over(dem_box, 30, utm43.wkt);
    REQUIRE(grid.cols == dem_cols);
    std::vector<float> expected = all_values(path);
    std::replace(expected.begin(), expected.end(), -9999.0F, no_data);
    for (const Resample how : {Resample::automatic, Resample::nearest, Resample::bilinear, Resample::average})
        CHECK(same_bytes(read_all({.paths = {path}, .resample = how}, grid).values(), expected));
    CHECK(same_bytes(read_all({.paths = {path}, .values = Values::counts}, grid).values(), expected));
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
    CHECK(same_bytes(around.values(), expected.values()));
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
                        !same_bytes(part.row(r), whole.row(r).subspan(static_cast<std::size_t>(part.window().col),
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
        CHECK(same_bytes(one.values(), read_all({.paths = {west, east}, .resample = how}, grid).values()));
        CHECK(same_bytes(one.values(), read_all({.paths = {above, west, east}, .resample = how}, grid).values()));
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

TEST_CASE("scale, offset, kinds of numbers and what counts as no data") {
    const Folder folder;
    const Grid grid{utm43.wkt, 10, 0, 0, 4, 1, {300'000, 3'680'400}};
    int files = 0;
    const auto made = [&](GDALDataType type, std::vector<double> raw, const std::function<void(GDALDataset&)>& set) {
        initialise_gdal();
        const std::string path = folder / fmt::format("made{}.tif", ++files);
        GDALDataset* file =
            GetGDALDriverManager()->GetDriverByName("GTiff")->Create(path.c_str(), 4, 1, 1, type, nullptr);
        double transform[] = {300'000, 10, 0, 3'680'400, 0, -10};
        file->SetGeoTransform(transform);
        file->SetProjection(utm43.wkt.c_str());
        set(*file);
        REQUIRE(file->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, 4, 1, raw.data(), 4, 1, GDT_Float64, 0, 0, nullptr) ==
                CE_None);
        GDALClose(file);
        return path;
    };
    const auto values = [&](const RasterSource& source) {
        const Tile tile = read_all(source, grid);
        return std::vector<float>(tile.values().begin(), tile.values().end());
    };
    const std::string scaled = made(GDT_Int16, {-32768, 0, 100, 250}, [](GDALDataset& file) {
        file.GetRasterBand(1)->SetNoDataValue(-32768);
        file.GetRasterBand(1)->SetScale(0.1);
        file.GetRasterBand(1)->SetOffset(5);
    });
    std::vector<float> v = values({.paths = {scaled}});
    CHECK(std::isnan(v[0]));
    CHECK(v[1] == 5);
    CHECK(v[2] == 15);
    CHECK(v[3] == 30);
    v = values({.paths = {scaled}, .nodata = 250}); // in the file's raw numbers, instead of its own
    CHECK(v[0] == doctest::Approx(-3271.8));
    CHECK(std::isnan(v[3]));

    const std::string large = made(GDT_Int32, {16'777'217, 2'000'000'001, 3, 4}, [](GDALDataset&) {});
    v = values({.paths = {large}, .nodata = 2'000'000'001});
    CHECK(v[0] == static_cast<float>(16'777'217));
    CHECK(std::isnan(v[1])); // a Float32 would have confused it with 2,000,000,000

    const double inf = std::numeric_limits<double>::infinity();
    const std::string odd = made(GDT_Float32, {std::nan(""), inf, -3.4028235e38, 7},
                                 [](GDALDataset& file) { file.GetRasterBand(1)->SetNoDataValue(-3.4028235e38); });
    v = values({.paths = {odd}});
    CHECK(std::isnan(v[0]));
    CHECK(std::isnan(v[1]));
    CHECK(std::isnan(v[2]));
    CHECK(v[3] == 7);

    const std::string masked = made(GDT_Byte, {1, 2, 3, 4}, [](GDALDataset& file) {
        CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
        unsigned char mask[] = {255, 0, 255, 255};
        REQUIRE(file.CreateMaskBand(GMF_PER_DATASET) == CE_None);
        REQUIRE(file.GetRasterBand(1)->GetMaskBand()->RasterIO(GF_Write, 0, 0, 4, 1, mask, 4, 1, GDT_Byte, 0, 0,
                                                               nullptr) == CE_None);
    });
    v = values({.paths = {masked}});
    CHECK(v[0] == 1);
    CHECK(std::isnan(v[1]));
    CHECK(v[2] == 3);

    const std::string classes = made(GDT_Byte, {1, 2, 3, 4}, [](GDALDataset& file) {
        GDALColorTable colours;
        const GDALColorEntry red{255, 0, 0, 255};
        colours.SetColorEntry(1, &red);
        file.GetRasterBand(1)->SetColorTable(&colours);
    });
    CHECK(inspect({.paths = {classes}}, {}).values == Values::classes);
    CHECK(inspect({.paths = {classes}}, {}).guessed);
    CHECK(inspect({.paths = {scaled}}, {}).values == Values::continuous);
    CHECK(!inspect({.paths = {scaled}, .values = Values::counts}, {}).guessed);
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

namespace {
std::string said(const std::function<void()>& f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}
bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}
} // namespace

TEST_CASE("what can't be read is an error that names the file") {
    const Folder folder;
    const std::string path = make_dem(folder);
    const auto inspected = [&](const RasterSource& source) { return said([&] { inspect(source, {}); }); };
    CHECK(mentions(inspected({.paths = {folder / "absent.tif"}}), "absent.tif: no such file"));
    CHECK(mentions(inspected({.paths = {path}, .band = 2}), "dem.tif: has no band 2"));
    tests::write_file(folder / "text.tif", "no picture");
    CHECK(mentions(inspected({.paths = {folder / "text.tif"}}), "text.tif: can't be opened"));
    CHECK(mentions(inspected({.paths = {}}), "without a file"));

    MadeRaster nowhere = dem_frame;
    nowhere.crs.clear();
    const std::string bare =
        write_raster(folder / "bare.tif", nowhere, std::vector<float>(static_cast<std::size_t>(dem_cols * dem_rows)));
    CHECK(mentions(inspected({.paths = {bare}}), "bare.tif has no CRS"));
    CHECK(inspect({.paths = {bare}, .crs = utm43}, {}).crs.authority == "EPSG:32643");
    CHECK(mentions(inspected({.paths = {path}, .crs = utm42}), "override"));
    CHECK(inspect({.paths = {path}, .crs = utm42, .override_crs = true}, {}).crs.authority == "EPSG:32642");

    output_of("gdal_translate -q -a_srs EPSG:32643 -co PROFILE=BASELINE " + path + " " +
              (folder / "flat.tif").string());
    CHECK(mentions(inspected({.paths = {folder / "flat.tif"}}), "flat.tif: has no georeferencing"));
    output_of("gdal_translate -q -gcp 0 0 300000 3680000 -gcp 9 0 300009 3680000 -gcp 0 9 300000 3680009 " + path +
              " " + (folder / "gcp.tif").string());
    CHECK(mentions(inspected({.paths = {folder / "gcp.tif"}}), "control points"));
}

TEST_CASE("a truncated file is an error, not zeros") {
    const Folder folder;
    const std::string path = make_dem(folder);
    const std::string bytes = tests::read_file(path);
    // GDAL's own writer puts the directory first; the values are cut in the middle.
    for (const char* compress : {"NONE", "DEFLATE"}) {
        const std::string whole = folder / "whole.tif", cut = folder / "cut.tif";
        REQUIRE(output_of(fmt::format("gdal_translate -q -co COMPRESS={} {} {}", compress, path, whole)).empty());
        const std::string content = tests::read_file(whole);
        tests::write_file(cut, content.substr(0, content.size() * 6 / 10));
        const Grid grid = grid_over(dem_box, 30, utm43.wkt);
        const std::string message = said([&] { read_all({.paths = {cut}}, grid); });
        CAPTURE(message);
        CHECK(mentions(message, "cut.tif: "));
        CHECK(message != "no error");
    }
}

TEST_CASE("sizes are looked at before memory is taken") {
    const Folder folder;
    const std::string path = make_dem(folder);
    const Grid grid = grid_over(dem_box, 30, utm43.wkt);
    CHECK(mentions(said([&] {
                       RasterReader({.paths = {path}}, grid, {}).read({0, 0, 1 << 20, 1 << 20});
                   }),
                   "too many"));
    // A few hundred bytes that claim four thousand million pixels in one block.
    output_of("gdal_create -q -of GTiff -co TILED=YES -co BLOCKXSIZE=65536 -co BLOCKYSIZE=65536 -co SPARSE_OK=TRUE "
              "-outsize 65536 65536 -ot Float32 -a_srs EPSG:32643 -a_ullr 300000 3700000 365536 3634464 " +
              (folder / "claims.tif").string());
    CHECK(std::filesystem::file_size(folder / "claims.tif") < 10'000);
    CHECK(mentions(said([&] { inspect({.paths = {folder / "claims.tif"}}, {}); }), "claims.tif: is stored in blocks"));
    // A cell of a hundred thousand million pixels.
    tests::write_file(folder / "fine.vrt", R"(<VRTDataset rasterXSize="400000" rasterYSize="400000">
        <SRS>EPSG:32643</SRS><GeoTransform>300000,0.1,0,3680400,0,-0.1</GeoTransform>
        <VRTRasterBand dataType="Byte" band="1"/></VRTDataset>)");
    const Grid coarse = grid_over({300'000, 3'640'400, 340'000, 3'680'400}, 20'000, utm43.wkt);
    CHECK(mentions(said([&] { read_all({.paths = {folder / "fine.vrt"}}, coarse); }), "coarsen it first"));
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
    CHECK(same_bytes(flipped.row(dem_rows - 1), upright.row(0)));
}

TEST_CASE("heights in a CRS do not change where things are") {
    const Transform plain(wgs84(), utm43), with_heights(parse_crs("EPSG:4326+5773"), utm43);
    CHECK(plain({73.75, 33.15}) == with_heights({73.75, 33.15}));
}

TEST_CASE("a format whose library is not made for threads is read from several") {
    const Folder folder;
    const std::string path = make_dem(folder), nc = folder / "dem.nc";
    REQUIRE(output_of("gdal_translate -q -of netCDF -co FORMAT=NC4 " + path + " " + nc).empty());
    const Grid grid = grid_over(dem_box, 30, utm43.wkt);
    const RasterReader reader({.paths = {nc}}, grid, {});
    const Tile expected = read_all({.paths = {path}}, grid);
    std::vector<std::thread> threads;
    std::vector<Tile> tiles(4);
    for (Tile& tile : tiles)
        threads.emplace_back([&] { tile = reader.read(grid.window()); });
    for (std::thread& thread : threads)
        thread.join();
    for (const Tile& tile : tiles)
        CHECK(same_bytes(tile.values(), expected.values()));
}

TEST_CASE("a file with any bytes changed gives numbers or an error") {
    const Folder folder;
    const std::string path = make_dem(folder), packed = folder / "packed.tif", broken = folder / "broken.tif";
    REQUIRE(output_of("gdal_translate -q -co COMPRESS=DEFLATE -co TILED=YES " + path + " " + packed).empty());
    const std::string whole = tests::read_file(packed);
    const Grid grid = grid_over(dem_box, 240, utm43.wkt);
    std::mt19937 random(17);
    int errors = 0;
    for (int i = 0; i < 150; ++i) {
        std::string bytes = whole;
        // The first kilobyte, where the directory is, gets its share.
        for (int k = 0; k < 3; ++k)
            bytes[random() % (k < 2 ? 1024 : bytes.size())] = static_cast<char>(random());
        if (i % 5 == 0)
            bytes.resize(random() % bytes.size());
        tests::write_file(broken, bytes);
        const std::string message = said([&] { read_all({.paths = {broken}}, grid); });
        if (message != "no error") {
            ++errors;
            CHECK(mentions(message, "broken.tif"));
        }
    }
    CHECK(errors > 30);
}
