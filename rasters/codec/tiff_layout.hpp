// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/compression.hpp"
#include "rasters/codec/predictor.hpp"
#include "rasters/codec/tiff_directory.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace zonerank::rasters {

enum class SampleType { u8, i8, u16, i16, u32, i32, f32, f64 };

std::size_t sample_bytes(SampleType type);

/// How the samples of a TIFF's first image lie in the file.
struct TiffLayout {
    int cols = 0, rows = 0;
    int block_cols = 0, block_rows = 0; ///< strips are as wide as the image
    bool tiled = false;                 ///< strips otherwise
    SampleType type = SampleType::u8;
    int samples = 1;     ///< of a pixel
    bool planar = false; ///< a block has one sample of each pixel, otherwise all of them
    Compression compression = Compression::none;
    Predictor predictor = Predictor::none;
    bool swapped = false;   ///< the file's byte order is not the machine's
    double empty = 0;       ///< the value of blocks that are not in the file
    bool has_empty = false; ///< there are such blocks

    /// Where the blocks are and how many bytes each has, 0 for one that is not in the file:
    /// row by row from the north-west, with `planar` sample by sample. As many as there are
    /// blocks, but not checked against the file.
    std::vector<std::uint64_t> offsets, sizes;

    int blocks_across() const { return (cols - 1) / block_cols + 1; }
    int blocks_down() const { return (rows - 1) / block_rows + 1; }
    std::size_t block_samples() const { return planar ? 1 : static_cast<std::size_t>(samples); } ///< of a pixel
};

/// Nothing when the image is not one that we read as GDAL does: of another type or
/// compression, with a mask, in colours that have to be computed, with blocks larger than
/// 64 MiB, or when its fields contradict each other.
std::optional<TiffLayout> layout_of(const TiffDirectory& directory);

} // namespace zonerank::rasters
