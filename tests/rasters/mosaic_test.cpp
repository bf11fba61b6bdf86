// SPDX-License-Identifier: Apache-2.0
#include "rasters/mosaic.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <cmath>
#include <filesystem>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;
using tests::MadeRaster;
using tests::write_raster;

namespace {

std::string made(const Folder& folder, const std::string& name, const MadeRaster& frame, std::vector<float> values) {
    return write_raster(folder / name, frame, values);
}

Mosaic mosaic_of(const std::vector<std::string>& paths, std::optional<double> nodata = {}) {
    std::vector<BandFacts> files;
    for (const std::string& path : paths)
        files.push_back(band_facts(path, 1, {}));
    return {files, 1, nodata, {}};
}

std::vector<double> numbers(const Raster<double>& raster) {
    std::vector<double> result(raster.values().begin(), raster.values().end());
    for (double& v : result)
        v = std::isnan(v) ? -1 : v;
    return result;
}

} // namespace

TEST_CASE("pixels are read wherever the window lies") {
    const Folder folder;
    const Mosaic mosaic =
        mosaic_of({made(folder, "a.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 3, 2}, {1, 2, -9999, 4, 5, 6})});
    CHECK(mosaic.extent() == Window{0, 0, 3, 2});
    CHECK(mosaic.box() == Box{300'000, 3'680'340, 300'090, 3'680'400});
    CHECK(mosaic.period() == 0);
    CHECK(numbers(mosaic.read({-1, -1, 5, 4})) ==
          std::vector<double>{-1, -1, -1, -1, -1, -1, 1, 2, -1, -1, -1, 4, 5, 6, -1, -1, -1, -1, -1, -1});
    CHECK(numbers(mosaic.read({1, 1, 1, 1})) == std::vector<double>{5});
    CHECK(numbers(mosaic.read({50, 50, 1, 1})) == std::vector<double>{-1});
}

TEST_CASE("files on one lattice are laid out by their corners, later ones on top") {
    const Folder folder;
    const std::string a = made(folder, "a.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 2, 1}, {1, 2});
    const std::string b = made(folder, "b.tif", {"EPSG:32643", 299'970, 3'680'430, 30, 2, 2}, {3, 4, 5, -9999});
    const Mosaic mosaic = mosaic_of({a, b});
    CHECK(mosaic.extent() == Window{-1, -1, 3, 2});
    CHECK(numbers(mosaic.read(mosaic.extent())) == std::vector<double>{3, 4, -1, 5, 1, 2});
    const Mosaic other = mosaic_of({a, b}, 5); // -9999 is a number then, on top
    CHECK(numbers(other.read({-1, 0, 3, 1})) == std::vector<double>{-1, -9999, 2});
}

TEST_CASE("files of two lattices are no mosaic") {
    const Folder folder;
    const std::string a = made(folder, "a.tif", {"EPSG:32643", 300'000, 3'680'400, 30, 1, 1}, {1});
    const std::string b = made(folder, "b.tif", {"EPSG:32642", 300'000, 3'680'400, 30, 1, 1}, {1});
    CHECK_THROWS_AS(mosaic_of({a, b}), Error);
}

TEST_CASE("columns go on around the globe") {
    const Folder folder;
    const std::string path = made(folder, "world.tif", {"EPSG:4326", -180, 45, 90, 4, 1}, {1, 2, 3, 4});
    const Mosaic world = mosaic_of({path});
    CHECK(world.period() == 4);
    CHECK(numbers(world.read({-5, 0, 14, 1})) == std::vector<double>{4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1});
    CHECK(numbers(world.read({4'000'001, 0, 1, 1})) == std::vector<double>{2});
    const Mosaic part = mosaic_of({made(folder, "part.tif", {"EPSG:4326", 90, 45, 45, 3, 1}, {1, 2, 3})});
    CHECK(part.period() == 8);
    CHECK(numbers(part.read({-8, 0, 12, 1})) == std::vector<double>{1, 2, 3, -1, -1, -1, -1, -1, 1, 2, 3, -1});
    CHECK(mosaic_of({made(folder, "odd.tif", {"EPSG:4326", 0, 45, 0.7, 1, 1}, {1})}).period() == 0);
}

namespace {

/// A TIFF of two tiles, of which the western one is not in the file.
std::string half_there(const Folder& folder, GDALDataType type, const char* nodata, std::vector<double> values,
                       const char* more = "SPARSE_OK=TRUE") {
    initialise_gdal();
    const std::string path = (folder / "half.tif").string();
    const char* options[] = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "SPARSE_OK=TRUE", more, nullptr};
    GDALDataset* file = GetGDALDriverManager()->GetDriverByName("GTiff")->Create(path.c_str(), 32, 16, 1, type,
                                                                                 const_cast<char**>(options));
    REQUIRE(file);
    double place[] = {300'000, 30, 0, 3'680'400, 0, -30};
    CHECK(file->SetGeoTransform(place) == CE_None);
    if (nodata)
        CHECK(file->GetRasterBand(1)->SetNoDataValue(std::stod(nodata)) == CE_None);
    const int n = static_cast<int>(values.size());
    CHECK(file->GetRasterBand(1)->RasterIO(GF_Write, 16, 3, n, 1, values.data(), n, 1, GDT_Float64, 0, 0) == CE_None);
    GDALClose(file);
    return path;
}

/// The same pixels read past GDAL and through it, which CHECKs that they are.
std::vector<double> both_ways(const std::string& path, std::optional<double> nodata = {}) {
    BandFacts facts = band_facts(path, 1, {});
    REQUIRE(facts.tiff);
    const auto past = numbers(Mosaic({facts}, 1, nodata, {}).read({0, 0, 32, 16}));
    facts.tiff = false;
    CHECK(past == numbers(Mosaic({facts}, 1, nodata, {}).read({0, 0, 32, 16})));
    return past;
}

} // namespace

TEST_CASE("tiles that are not in the file are the file's own no-data, whatever else stands for it") {
    const std::vector<double> values{0, 1, 2, 5, 100};
    for (const GDALDataType type : {GDT_Byte, GDT_UInt16, GDT_Int16, GDT_Int32, GDT_UInt32, GDT_Float32, GDT_Float64})
        for (const char* own : {"", "5", "-9999", "0.1", "2.5", "1e30", "-3.4028234663852886e38", "nan"})
            for (const std::optional<double> given : std::vector<std::optional<double>>{{}, 0.0, 2.0, 0.1, -9999.0}) {
                CAPTURE(GDALGetDataTypeName(type));
                CAPTURE(own);
                const Folder folder;
                both_ways(half_there(folder, type, *own ? own : nullptr, values), given);
            }
    const Folder folder;
    CHECK(both_ways(half_there(folder, GDT_Int16, "5", values))[0] == -1);
    CHECK(both_ways(half_there(folder, GDT_Int16, "5", values), 2)[0] == 5);
}

TEST_CASE("a no-data value that an integer can't hold is none of them") {
    for (const char* own : {"1.5", "0.5", "-1", "256", "1e10"}) {
        CAPTURE(own);
        const Folder folder;
        const std::vector<double> read = both_ways(half_there(folder, GDT_Byte, own, {0, 1, 2, 255}));
        CHECK(std::vector(read.begin() + 3 * 32 + 16, read.begin() + 3 * 32 + 20) == std::vector<double>{0, 1, 2, 255});
    }
}

TEST_CASE("floats are compared with the float nearest to the no-data value") {
    const Folder folder;
    const std::vector<double> read = both_ways(half_there(folder, GDT_Float32, "7", {0.1, 0.25, 7}), 0.1);
    CHECK(std::vector(read.begin() + 3 * 32 + 16, read.begin() + 3 * 32 + 19) == std::vector<double>{-1, 0.25, 7});
}

TEST_CASE("bytes may be signed") {
    const Folder folder;
    const std::string path = half_there(folder, GDT_Byte, "-7", {0, 1, 127, 128, 255, 249}, "PIXELTYPE=SIGNEDBYTE");
    CHECK(band_facts(path, 1, {}).signed_bytes);
    BandFacts facts = band_facts(path, 1, {});
    for (const bool tiff : {true, false}) {
        facts.tiff = tiff;
        const Raster<double> read = Mosaic({facts}, 1, {}, {}).read({16, 3, 6, 1});
        CHECK(std::vector(read.values().begin(), read.values().begin() + 5) ==
              std::vector<double>{0, 1, 127, -128, -1});
        CHECK(std::isnan(read[{21, 3}]));
    }
    facts.tiff = true;
    CHECK(std::isnan(Mosaic({facts}, 1, {}, {}).read({0, 0, 1, 1})[{0, 0}])); // GDAL 3.6 would have 0 here
}

TEST_CASE("more files than may be open at a time") {
    const Folder folder;
    std::vector<std::string> paths;
    for (int i = 0; i < 150; ++i)
        paths.push_back(made(folder, "f" + std::to_string(i) + ".tif",
                             {"EPSG:32643", 300'000.0 + 30 * i, 3'680'400, 30, 1, 1}, {static_cast<float>(i)}));
    const Mosaic mosaic = mosaic_of(paths);
    for (int round = 0; round < 2; ++round) {
        const Raster<double> all = mosaic.read(mosaic.extent());
        for (int i = 0; i < 150; ++i)
            CHECK(all[{i, 0}] == i);
    }
}
