// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/tiff_file.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace zonerank::rasters {

/// The one TiffFile of a file and band while anyone holds it, so that all its readers
/// share its blocks; of a file that has changed, a new one. Null as TiffFile::open(),
/// and when a few hundred files are open already: GDAL opens a few at a time. From any
/// thread.
std::shared_ptr<const TiffFile> shared_tiff(const std::filesystem::path& path, int band);

/// Decoded blocks that are wanted again soon: a window rarely ends where a block
/// does. One for the process; keeps so many bytes of those used last. A block that
/// several threads want at once is decoded by one of them. From any thread.
///
/// Strips are as wide as the raster, so that each window in a row of windows wants the
/// same ones, and all of them before any is wanted again: what one window wants of each
/// file is kept even if that is more than `usual` bytes, though not more than `most`.
class BlockCache {
public:
    explicit BlockCache(std::size_t usual, std::size_t most = 0);
    ~BlockCache();

    /// One of the `together` blocks that the caller's window wants of the file. Throws Error
    /// as TiffFile::read().
    std::shared_ptr<const Bytes> block(const std::shared_ptr<const TiffFile>& file, int block_col, int block_row,
                                       std::size_t together = 1);

    void clear(); ///< its files are let go; who has a block keeps it

private:
    struct Blocks;
    std::unique_ptr<Blocks> m_blocks;
};

BlockCache& block_cache(); ///< of memory_shares().blocks, at most of most_blocks

} // namespace zonerank::rasters
