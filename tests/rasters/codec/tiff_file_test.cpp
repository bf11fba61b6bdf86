// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/tiff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

namespace {

struct Type {
    GDALDataType gdal;
    SampleType ours;
};
const std::vector<Type> types{{GDT_Byte, SampleType::u8},      {GDT_UInt16, SampleType::u16},
                              {GDT_Int16, SampleType::i16},    {GDT_UInt32, SampleType::u32},
                              {GDT_Int32, SampleType::i32},    {GDT_Float32, SampleType::f32},
                              {GDT_Float64, SampleType::f64}};

/// A band read block by block, without what the blocks have beyond it.
std::vector<std::byte> read_here(const TiffFile& file) {
    const TiffLayout& layout = file.layout();
    const auto size = [](int n) { return static_cast<std::size_t>(n); };
    const std::size_t sample = sample_bytes(layout.type), row_bytes = size(layout.cols) * sample;
    std::vector<std::byte> all(row_bytes * size(layout.rows));
    Bytes block(file.block_bytes());
    for (int row = 0; row < layout.rows; ++row)
        for (int col = 0; col < layout.cols; col += layout.block_cols) {
            if (row % layout.block_rows == 0 || layout.blocks_across() > 1)
                file.read(col / layout.block_cols, row / layout.block_rows, block);
            const std::size_t from = size(row % layout.block_rows) * size(layout.block_cols) * sample;
            std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(from),
                        size(std::min(layout.block_cols, layout.cols - col)) * sample,
                        all.begin() + static_cast<std::ptrdiff_t>(size(row) * row_bytes + size(col) * sample));
        }
    return all;
}

std::vector<std::byte> read_by_gdal(const fs::path& path, int band) {
    auto* file = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly));
    REQUIRE(file);
    GDALRasterBand* from = file->GetRasterBand(band);
    const int cols = from->GetXSize(), rows = from->GetYSize();
    const GDALDataType type = from->GetRasterDataType();
    std::vector<std::byte> all(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows) *
                               static_cast<std::size_t>(GDALGetDataTypeSizeBytes(type)));
    REQUIRE(from->RasterIO(GF_Read, 0, 0, cols, rows, all.data(), cols, rows, type, 0, 0) == CE_None);
    GDALClose(file);
    return all;
}

void check_as_gdal(const fs::path& path, const MadeTiff& made) {
    CAPTURE(CPLStringList(made.options.empty() ? nullptr : nullptr).size());
    for (int band = 1; band <= made.bands; ++band) {
        const auto file = TiffFile::open(path, band);
        REQUIRE(file);
        CHECK(read_here(*file) == read_by_gdal(path, band));
    }
}

} // namespace
