// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/tiff_layout.hpp"
#include "rasters/core/files.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace zonerank::rasters {

/// One band of a GeoTIFF's first image, block by block, as GDAL gives it but without its
/// way through a cache and libtiff. What lies beside the file (.msk, .aux.xml) and what
/// the numbers mean (no-data, scale, alpha) is the caller's to know.
class TiffFile {
public:
    /// Null when the file or the band is not one that is read here; GDAL may still know it.
    /// Throws Error naming the file when it can't be opened or read.
    static std::shared_ptr<const TiffFile> open(const std::filesystem::path& path, int band); ///< bands from 1 on

    const TiffLayout& layout() const { return m_layout; }
    std::size_t block_bytes() const; ///< of one block of the band

    /// The band's samples of one block in the machine's byte order, row by row; `block` is
    /// of block_bytes() and aligned for them. What a tile has beyond the image is as the file has it, rows of the
    /// last strip beyond it are not set. From any thread.
    /// Throws Error naming the file and the block when it is damaged or cut off.
    void read(int block_col, int block_row, std::span<std::byte> block) const;

    /// For open().
    TiffFile(std::filesystem::path path, FileDescriptor file, std::uint64_t file_bytes, TiffLayout layout, int band);

private:
    void read_stored(std::size_t index, int rows, std::span<std::byte> block) const;
    void unpack(std::size_t index, std::size_t needed, std::span<std::byte> room) const;
    void take_band(std::span<const std::byte> pixels, std::span<std::byte> stored) const;
    void fill_empty(std::span<std::byte> block) const;

    std::filesystem::path m_path;
    FileDescriptor m_file;
    std::uint64_t m_file_bytes = 0;
    TiffLayout m_layout;
    int m_band = 1;
};

} // namespace zonerank::rasters
