// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/tiff.hpp"
#include "tests/support/tiff_bytes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
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
const std::vector<Type> types{{GDT_Byte, SampleType::u8},    {GDT_UInt16, SampleType::u16},
                              {GDT_Int16, SampleType::i16},  {GDT_UInt32, SampleType::u32},
                              {GDT_Int32, SampleType::i32},  {GDT_Float32, SampleType::f32},
                              {GDT_Float64, SampleType::f64}};

std::size_t size(int n) {
    return static_cast<std::size_t>(n);
}

/// A band read block by block, without what the blocks have beyond it.
std::vector<std::byte> read_here(const TiffFile& file) {
    const TiffLayout& layout = file.layout();
    const std::size_t sample = sample_bytes(layout.type), row_bytes = size(layout.cols) * sample;
    std::vector<std::byte> all(row_bytes * size(layout.rows));
    Bytes block(file.block_bytes());
    for (int row = 0; row < layout.rows; row += layout.block_rows)
        for (int col = 0; col < layout.cols; col += layout.block_cols) {
            file.read(col / layout.block_cols, row / layout.block_rows, block);
            const std::size_t bytes = size(std::min(layout.block_cols, layout.cols - col)) * sample;
            for (int i = 0; i < std::min(layout.block_rows, layout.rows - row); ++i)
                std::memcpy(all.data() + size(row + i) * row_bytes + size(col) * sample,
                            block.data() + size(i) * size(layout.block_cols) * sample, bytes);
        }
    return all;
}

std::vector<std::byte> read_by_gdal(const fs::path& path, int band) {
    auto* file = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_ReadOnly));
    REQUIRE(file);
    GDALRasterBand* from = file->GetRasterBand(band);
    const int cols = from->GetXSize(), rows = from->GetYSize();
    const GDALDataType type = from->GetRasterDataType();
    std::vector<std::byte> all(size(cols) * size(rows) * size(GDALGetDataTypeSizeBytes(type)));
    REQUIRE(from->RasterIO(GF_Read, 0, 0, cols, rows, all.data(), cols, rows, type, 0, 0) == CE_None);
    GDALClose(file);
    return all;
}

void check_as_gdal(const fs::path& path, const MadeTiff& made) {
    for (int band = 1; band <= made.bands; ++band) {
        const auto file = TiffFile::open(path, band);
        REQUIRE(file);
        CHECK(read_here(*file) == read_by_gdal(path, band));
    }
}

void check_written(const MadeTiff& made) {
    const Folder folder;
    const fs::path path = folder / "made.tif";
    std::string how = GDALGetDataTypeName(made.type);
    for (const std::string& option : made.options)
        how += " " + option;
    CAPTURE(how);
    CAPTURE(made.bands);
    REQUIRE(write_tiff(path, made));
    check_as_gdal(path, made);
}

struct Bands {
    int bands;
    std::string option;
};

const std::vector<std::vector<std::string>> blocks{{"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"}, {"BLOCKYSIZE=7"}};

/// All types and packings, each with all arrangements of bands and `more` options.
void check_all(int cols, int rows, const std::vector<Bands>& bandings,
               const std::vector<std::vector<std::string>>& more) {
    for (const Type& type : types)
        for (const TiffPacking& packing : tiff_packings())
            for (const Bands& bands : bandings)
                for (std::vector<std::string> options : more) {
                    if (packing.floating && type.ours != SampleType::f32 && type.ours != SampleType::f64)
                        continue;
                    options.insert(options.end(), packing.options.begin(), packing.options.end());
                    options.push_back(bands.option);
                    check_written({cols, rows, bands.bands, type.gdal, options});
                }
}

} // namespace

TEST_CASE("the same bits as GDAL's, for all kinds of files that are read here") {
    std::vector<std::vector<std::string>> more;
    for (const auto& block : blocks)
        for (const std::string order : {"LITTLE", "BIG"})
            for (const std::string big : {"NO", "YES"}) {
                more.push_back(block);
                more.back().push_back("ENDIANNESS=" + order);
                more.back().push_back("BIGTIFF=" + big);
            }
    check_all(100, 71, {{1, "INTERLEAVE=PIXEL"}, {3, "INTERLEAVE=PIXEL"}, {3, "INTERLEAVE=BAND"}}, more);
}

TEST_CASE("the same bits as GDAL's, of the usual large tiles and of one strip") {
    check_all(530, 90, {{1, "INTERLEAVE=PIXEL"}},
              {{"TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"}, {"BLOCKYSIZE=90"}});
}

TEST_CASE("types, sizes and bands are known") {
    const Folder folder;
    const fs::path path = folder / "a.tif";
    for (const Type& type : types) {
        REQUIRE(write_tiff(path, {70, 50, 2, type.gdal, {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=32"}}));
        const auto file = TiffFile::open(path, 2);
        REQUIRE(file);
        CHECK(file->layout().type == type.ours);
        CHECK(file->block_bytes() == 64U * 32U * sample_bytes(type.ours));
        CHECK(file->layout().blocks_across() == 2);
        CHECK(file->layout().blocks_down() == 2);
        CHECK(TiffFile::open(path, 0) == nullptr);
        CHECK(TiffFile::open(path, 3) == nullptr);
    }
}

TEST_CASE("signed bytes, which GDAL 3.6 gives as unsigned ones") {
    const Folder folder;
    const MadeTiff made{70, 50, 2, GDT_Byte, {"PIXELTYPE=SIGNEDBYTE", "COMPRESS=LZW", "PREDICTOR=2"}};
    REQUIRE(write_tiff(folder / "a.tif", made));
    REQUIRE(TiffFile::open(folder / "a.tif", 1));
    CHECK(TiffFile::open(folder / "a.tif", 1)->layout().type == SampleType::i8);
    check_as_gdal(folder / "a.tif", made);
}

TEST_CASE("blocks that are not in the file have the no-data value") {
    struct Row {
        GDALDataType type;
        const char* value;
    };
    for (const Row& row :
         {Row{GDT_Float32, nullptr}, Row{GDT_Float32, "-9999"}, Row{GDT_Float32, "nan"}, Row{GDT_Float64, "1e-300"},
          Row{GDT_Float32, "-3.4028234663852886e+38"}, Row{GDT_Float32, "-3.40282346638529e+38"},
          Row{GDT_Float32, "1e300"}, Row{GDT_Float64, "inf"}, Row{GDT_Float32, "0.1"}, Row{GDT_Byte, "300"},
          Row{GDT_Byte, "-5"}, Row{GDT_Byte, "nan"}, Row{GDT_Byte, "2.5"}, Row{GDT_Int16, "-2.5"},
          Row{GDT_Int16, "-32768"}, Row{GDT_Int32, "1e10"}, Row{GDT_UInt32, "4294967295"}, Row{GDT_UInt16, "7"}})
        for (const char* interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"}) {
            CAPTURE(row.value);
            CAPTURE(GDALGetDataTypeName(row.type));
            const Folder folder;
            const fs::path path = folder / "a.tif";
            const MadeTiff made{150,
                                101,
                                2,
                                row.type,
                                {"SPARSE_OK=TRUE", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=ZSTD",
                                 "PREDICTOR=2", interleave}};
            GDALDataset* file = create_tiff(path, made);
            REQUIRE(file);
            if (row.value)
                file->GetRasterBand(1)->SetNoDataValue(CPLAtofM(row.value));
            std::vector<double> some(50 * 60, 3);
            CHECK(file->GetRasterBand(1)->RasterIO(GF_Write, 70, 10, 50, 60, some.data(), 50, 60, GDT_Float64, 0, 0) ==
                  CE_None);
            GDALClose(file);
            REQUIRE(TiffFile::open(path, 1));
            CHECK(TiffFile::open(path, 1)->layout().has_empty);
            check_as_gdal(path, made);
        }
}

TEST_CASE("only the first image counts: overviews are no matter, a mask is GDAL's") {
    const Folder folder;
    const fs::path path = folder / "a.tif";
    const MadeTiff made{300, 200, 1, GDT_Float32, {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=ZSTD"}};
    REQUIRE(write_tiff(path, made));
    auto* file = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_Update));
    const std::vector<int> factors{2, 4};
    REQUIRE(GDALBuildOverviews(file, "AVERAGE", 2, factors.data(), 0, nullptr, nullptr, nullptr) == CE_None);
    GDALClose(file);
    check_as_gdal(path, made);

    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
    file = static_cast<GDALDataset*>(GDALOpen(path.c_str(), GA_Update));
    REQUIRE(file->CreateMaskBand(GMF_PER_DATASET) == CE_None);
    GDALClose(file);
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
    CHECK(TiffFile::open(path, 1) == nullptr);
}

TEST_CASE("a COG") {
    const Folder folder;
    const MadeTiff made{700, 600, 1, GDT_Float32, {}};
    REQUIRE(write_tiff(folder / "a.tif", made));
    auto* from = static_cast<GDALDataset*>(GDALOpen((folder / "a.tif").c_str(), GA_ReadOnly));
    CPLStringList options;
    options.AddString("COMPRESS=ZSTD");
    options.AddString("PREDICTOR=YES");
    options.AddString("BLOCKSIZE=128");
    GDALDataset* cog = GetGDALDriverManager()->GetDriverByName("COG")->CreateCopy(
        (folder / "b.tif").c_str(), from, FALSE, options.List(), nullptr, nullptr);
    REQUIRE(cog);
    GDALClose(cog);
    GDALClose(from);
    CHECK(TiffFile::open(folder / "b.tif", 1)->layout().predictor == Predictor::floating_point);
    check_as_gdal(folder / "b.tif", made);
}

TEST_CASE("files of other kinds are left to GDAL") {
    const Folder folder;
    const fs::path path = folder / "a.tif";
    struct Row {
        GDALDataType type;
        int bands;
        std::vector<std::string> options;
    };
    for (const Row& row :
         {Row{GDT_Byte, 1, {"NBITS=1"}}, Row{GDT_Byte, 1, {"NBITS=4"}}, Row{GDT_UInt16, 1, {"NBITS=12"}},
          Row{GDT_Float32, 1, {"NBITS=16"}}, Row{GDT_CFloat32, 1, {}}, Row{GDT_CInt16, 1, {}}, Row{GDT_Int64, 1, {}},
          Row{GDT_UInt64, 1, {}}, Row{GDT_Byte, 1, {"COMPRESS=PACKBITS"}}, Row{GDT_Byte, 1, {"COMPRESS=JPEG"}},
          Row{GDT_Byte, 3, {"COMPRESS=JPEG", "PHOTOMETRIC=YCBCR"}}, Row{GDT_Byte, 4, {"PHOTOMETRIC=CMYK"}},
          Row{GDT_Byte, 3, {"PHOTOMETRIC=CIELAB"}}, Row{GDT_Byte, 1, {"COMPRESS=LZMA"}},
          Row{GDT_Float32, 1, {"COMPRESS=LERC"}}}) {
        GDALDataset* file = create_tiff(path, {64, 64, row.bands, row.type, row.options});
        if (!file)
            continue; // not in this GDAL
        GDALClose(file);
        CAPTURE(GDALGetDataTypeName(row.type));
        CHECK(TiffFile::open(path, 1) == nullptr);
    }
    write_file(path, "no TIFF at all");
    CHECK(TiffFile::open(path, 1) == nullptr);
    write_file(path, "");
    CHECK(TiffFile::open(path, 1) == nullptr);
    CHECK(TiffFile::open(folder.path(), 1) == nullptr);
}

TEST_CASE("a file that can't be opened is an error that names it") {
    CHECK_THROWS_WITH_AS(TiffFile::open("/nowhere/a.tif", 1),
                         "/nowhere/a.tif: can't be opened: No such file or directory", Error);
}

TEST_CASE("blocks are read by many threads at once") {
    const Folder folder;
    const fs::path path = folder / "a.tif";
    const MadeTiff made{700, 500, 1, GDT_Float32, {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE"}};
    REQUIRE(write_tiff(path, made));
    const auto file = TiffFile::open(path, 1);
    const auto expected = read_by_gdal(path, 1);
    std::vector<std::vector<std::byte>> found(4);
    {
        std::vector<std::jthread> threads;
        for (auto& one : found)
            threads.emplace_back([&one, &file] { one = read_here(*file); });
    }
    for (const auto& one : found)
        CHECK(one == expected);
}
