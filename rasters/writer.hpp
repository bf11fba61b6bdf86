// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/categories.hpp"
#include "rasters/codec/block_encoder.hpp"
#include "rasters/codec/block_statistics.hpp"
#include "rasters/codec/cog_layout.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/core/raster.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace zonerank::rasters {

struct MapOptions {
    std::string description;                       ///< of the band
    std::map<std::string, std::string> metadata{}; ///< stored with the file; ':' and '=' in a key become '_'
    std::vector<Category> categories{};            ///< classes: overviews by mode, names and colours beside
    bool averages = true;                          ///< false: numbers of which no mean can be taken, as classes
    Packing packing{};
    TiffKind kind = TiffKind::as_needed;
};

/// Writes a cloud-optimised GeoTIFF (512-cell blocks, overviews, statistics
/// embedded), tile by tile in any order, any tile size. Blocks are packed and
/// overviews computed as their cells come; close() lays the file out. Until then
/// it takes scratch space beside `path`, and memory for the blocks of which only
/// a part is there. The bytes of the file depend on the cells alone.
///
/// T: float (no-data -9999, for which a measured -9999 makes room by 0.001; in LERC
/// NaN; overviews average), std::uint8_t and std::uint16_t (no-data 0; overviews take the most frequent class),
/// std::uint64_t (bit masks: no-data 0; overviews take the north-western cell).
/// Averages and classes leave out no-data. Cells that are never written have
/// none; a block without data is a tile like others, of some hundred bytes.
///
/// write() is safe from several threads; its tiles don't overlap. After an Error
/// nothing but the destructor may be called.
template <typename T>
class CogWriter {
public:
    /// Throws Error when nothing can be written beside `path` or the grid's CRS can't be used.
    CogWriter(std::filesystem::path path, const Grid& grid, MapOptions options);
    CogWriter(CogWriter&&) noexcept;
    ~CogWriter(); ///< without close(): leaves nothing behind

    void write(const Raster<T>& tile); ///< NaN is written as no-data; throws Error on a full disk

    /// Puts what became of the cells of a part of the map, a window whose edges are multiples of
    /// block_side or the map's. Those that were not written have no data, and nothing else has been
    /// written: packed blocks, overviews as far as they lie inside, and what waits for other parts.
    /// Nothing more is written then. Of the same cells always the same bytes. Throws Error.
    void put(ArchiveOut& out, const Window& part);
    /// Adds a part that another writer of the same map has put. Parts come in any order, with the least
    /// memory in that of order_in_squares(); they don't overlap. Packed blocks stay in the archive's
    /// file until close(). Not while others write. Throws Error for a damaged file, and another map's.
    void take(ArchiveIn& in);

    /// Returns what the file tells of its cells. Throws Error if anything was not written. `watch` sees
    /// the file's bytes in order.
    Statistics close(const Watch& watch = {});

private:
    struct File;
    std::unique_ptr<File> m_file;
};

} // namespace zonerank::rasters
