// SPDX-License-Identifier: Apache-2.0
#include "rasters/tiff_window.hpp"

#include "rasters/core/simd.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <gdal_priv.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

constexpr int cols = 50, rows = 40;

double raw_at(int col, int row) {
    return (col + row) % 7 == 0 ? 99 : col + 2 * row;
}

/// Blocks of 16 x 16 that end beyond the raster.
std::shared_ptr<const TiffFile> made(const tests::Folder& folder, GDALDataType type) {
    GDALAllRegister();
    const std::string path = (folder / "made.tif").string();
    const char* options[] = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=ZSTD", nullptr};
    std::vector<double> values;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            values.push_back(raw_at(col, row));
    GDALDataset* file = GetGDALDriverManager()->GetDriverByName("GTiff")->Create(path.c_str(), cols, rows, 1, type,
                                                                                 const_cast<char**>(options));
    CHECK(file->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, cols, rows, values.data(), cols, rows, GDT_Float64, 0, 0,
                                           nullptr) == CE_None);
    GDALClose(file);
    return TiffFile::open(path, 1);
}

} // namespace

TEST_CASE_TEMPLATE("any window of any type, calibrated, on every set of instructions", T, float, double) {
    const Calibration calibration{0.5, 10, 99.0};
    for (const GDALDataType type : {GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Int32, GDT_Float32, GDT_Float64}) {
        CAPTURE(GDALGetDataTypeName(type));
        const tests::Folder folder;
        const auto file = made(folder, type);
        REQUIRE(file);
        for (const Simd level : {Simd::baseline, Simd::avx2, Simd::avx512})
            for (const Window& from : {Window{0, 0, cols, rows}, Window{3, 5, 40, 30}, Window{16, 16, 16, 16},
                                       Window{49, 39, 1, 1}, Window{32, 0, 18, 16}}) {
                limit_simd(level);
                auto into = Raster<T>(Window{100, 200, from.cols, from.rows}, T(-1));
                read_tiff(file, calibration, Gaps::are_nan, from, into.window(), into);
                limit_simd(best_simd());
                for (int row = 0; row < from.rows; ++row)
                    for (int col = 0; col < from.cols; ++col) {
                        const double raw = raw_at(from.col + col, from.row + row);
                        const T found = into[{100 + col, 200 + row}];
                        REQUIRE((raw == 99 ? std::isnan(found) : found == static_cast<T>(raw * 0.5 + 10)));
                    }
            }
    }
}

TEST_CASE("where a file has no data a raster may stay as it is") {
    const tests::Folder folder;
    const auto file = made(folder, GDT_Float32);
    Tile into(Window{0, 0, cols, rows}, 5);
    read_tiff(file, {1, 0, 99.0}, Gaps::stay, into.window(), into.window(), into);
    CHECK(into[{0, 0}] == 5);
    CHECK(into[{1, 0}] == 1);
}

TEST_CASE("what has no place in single precision is no number") {
    const tests::Folder folder;
    const auto file = made(folder, GDT_Float64);
    Raster<double> into(Window{0, 0, cols, rows});
    read_tiff(file, {1e300, 0, std::nullopt}, Gaps::are_nan, into.window(), into.window(), into);
    CHECK(std::isnan(into[{1, 0}]));
}
