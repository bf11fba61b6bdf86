// SPDX-License-Identifier: Apache-2.0
// Any bytes as a TIFF, read by us and by GDAL: what both can read is the same to the
// last bit. How to run it: README.md.
#include "rasters/codec/tiff_file.hpp"
#include "rasters/core/error.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 22; ///< of a block; larger ones only take time
constexpr int most_blocks = 16;
constexpr const char* in_memory = "/vsimem/differ.tif";

struct Place {
    int band, col, row;
};

[[noreturn]] void differ(const char* what, Place at) {
    std::fprintf(stderr, "GDAL has another %s: band %d, block %d %d\n", what, at.band, at.col, at.row);
    std::abort();
}

// Of a last strip that holds more than the image's rows, libtiff 4.5 gets the last bytes
// wrong: it stops libdeflate within a copy.
constexpr int spoilt = 16;

// Whether the image's cells of a block are what GDAL reads there, or it reads nothing.
bool same_cells(const TiffLayout& layout, GDALRasterBand& band, Place at, const Bytes& ours) {
    const std::size_t sample = sample_bytes(layout.type), line = static_cast<std::size_t>(layout.block_cols) * sample;
    const int cols = std::min(layout.block_cols, layout.cols - at.col * layout.block_cols);
    const int rows = std::min(layout.block_rows, layout.rows - at.row * layout.block_rows);
    const bool cut = layout.compression == Compression::deflate && !layout.tiled && rows < layout.block_rows;
    Bytes theirs(ours.size());
    if (band.RasterIO(GF_Read, at.col * layout.block_cols, at.row * layout.block_rows, cols, rows, theirs.data(), cols,
                      rows, band.GetRasterDataType(), 0, static_cast<GSpacing>(line), nullptr) != CE_None)
        return true;
    for (int row = 0; row < rows; ++row) {
        const std::size_t start = static_cast<std::size_t>(row) * line;
        const int sure = cut && row == rows - 1 ? std::max(0, cols - spoilt) : cols;
        if (std::memcmp(&ours[start], &theirs[start], static_cast<std::size_t>(sure) * sample) != 0)
            return false;
    }
    return true;
}

void compare(const TiffFile& file, GDALRasterBand& band, Place at) {
    Bytes block(file.block_bytes());
    try {
        file.read(at.col, at.row, block);
    } catch (const Error&) { // of this block only
        return;
    }
    if (!same_cells(file.layout(), band, at, block))
        differ("value", at);
}

void compare(const TiffFile& file, GDALRasterBand& band, int number) {
    const TiffLayout& layout = file.layout();
    if (band.GetXSize() != layout.cols || band.GetYSize() != layout.rows)
        differ("size", {number, 0, 0});
    if (static_cast<std::size_t>(GDALGetDataTypeSizeBytes(band.GetRasterDataType())) != sample_bytes(layout.type))
        differ("type", {number, 0, 0});
    const bool otherwise_empty = layout.type == SampleType::i8 && layout.has_empty; // by GDAL before 3.7: no-data >= 0
    if (otherwise_empty || file.block_bytes() * layout.block_samples() > most_bytes)
        return;
    for (int i = 0; i < most_blocks && i / layout.blocks_across() < layout.blocks_down(); ++i)
        compare(file, band, Place{number, i % layout.blocks_across(), i / layout.blocks_across()});
}

void compare(const std::string& path) {
    const std::unique_ptr<GDALDataset> theirs(GDALDataset::Open(in_memory, GDAL_OF_RASTER));
    for (int number = 1; theirs && number <= std::min(4, theirs->GetRasterCount()); ++number)
        if (const auto ours = TiffFile::open(path, number))
            compare(*ours, *theirs->GetRasterBand(number), number);
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    GDALAllRegister();
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetErrorHandler(CPLQuietErrorHandler);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t* data, std::size_t size) {
    static const int memory = ::memfd_create("tiff_differ", MFD_CLOEXEC);
    static const std::string path = "/proc/self/fd/" + std::to_string(memory);
    if (::ftruncate(memory, 0) != 0 || ::pwrite(memory, data, size, 0) != static_cast<ssize_t>(size))
        return 0;
    VSIFCloseL(VSIFileFromMemBuffer(in_memory, data, size, FALSE));
    compare(path);
    VSIUnlink(in_memory);
    return 0;
}
