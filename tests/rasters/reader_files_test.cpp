// SPDX-License-Identifier: Apache-2.0
#include "rasters/reader.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <cmath>
#include <functional>
#include <random>
#include <thread>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

Grid four_cells() {
    return {utm43.wkt, 10, 0, 0, 4, 1, {300'000, 3'680'400}};
}

std::vector<float> values(const RasterSource& source) {
    const Tile tile = read_all(source, four_cells());
    return {tile.values().begin(), tile.values().end()};
}

/// Files of four cells in a folder.
class FourCells {
public:
    std::string made(GDALDataType type, std::vector<double> raw, const std::function<void(GDALDataset&)>& set) {
        initialise_gdal();
        const std::string path = m_folder / fmt::format("made{}.tif", ++m_files);
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
    }

    /// Raw numbers of a tenth above 5.
    std::string scaled() {
        return made(GDT_Int16, {-32768, 0, 100, 250}, [](GDALDataset& file) {
            file.GetRasterBand(1)->SetNoDataValue(-32768);
            file.GetRasterBand(1)->SetScale(0.1);
            file.GetRasterBand(1)->SetOffset(5);
        });
    }

private:
    Folder m_folder;
    int m_files = 0;
};

} // namespace

TEST_CASE("scale and offset, and a no-data number in the file's raw numbers") {
    FourCells files;
    const std::string scaled = files.scaled();
    std::vector<float> v = values({.paths = {scaled}});
    CHECK(std::isnan(v[0]));
    CHECK(v[1] == 5);
    CHECK(v[2] == 15);
    CHECK(v[3] == 30);
    v = values({.paths = {scaled}, .nodata = 250}); // in the file's raw numbers, instead of its own
    CHECK(v[0] == doctest::Approx(-3271.8));
    CHECK(std::isnan(v[3]));
}

TEST_CASE("kinds of numbers and what counts as no data") {
    FourCells files;
    const std::string large = files.made(GDT_Int32, {16'777'217, 2'000'000'001, 3, 4}, [](GDALDataset&) {});
    std::vector<float> v = values({.paths = {large}, .nodata = 2'000'000'001});
    CHECK(v[0] == static_cast<float>(16'777'217));
    CHECK(std::isnan(v[1])); // a Float32 would have confused it with 2,000,000,000

    const double inf = std::numeric_limits<double>::infinity();
    const std::string odd = files.made(GDT_Float32, {std::nan(""), inf, -3.4028235e38, 7},
                                       [](GDALDataset& file) { file.GetRasterBand(1)->SetNoDataValue(-3.4028235e38); });
    v = values({.paths = {odd}});
    CHECK(std::isnan(v[0]));
    CHECK(std::isnan(v[1]));
    CHECK(std::isnan(v[2]));
    CHECK(v[3] == 7);

    const std::string masked = files.made(GDT_Byte, {1, 2, 3, 4}, [](GDALDataset& file) {
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
}

TEST_CASE("a colour table means classes, unless the source says otherwise") {
    FourCells files;
    const std::string scaled = files.scaled();
    const std::string classes = files.made(GDT_Byte, {1, 2, 3, 4}, [](GDALDataset& file) {
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

namespace {
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
        CHECK(same_bits(tile.values(), expected.values()));
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
