// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/categories.hpp"
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
};

/// Writes a cloud-optimised GeoTIFF (512-cell blocks, overviews, ZSTD,
/// statistics embedded), tile by tile in any order, any tile size. The bytes of
/// the file depend on the cells alone. Tiles go to a spool beside `path` first;
/// `path` itself appears in close(). write() is safe from several threads.
/// T: float (no-data -9999, AVERAGE overviews), std::uint8_t and std::uint16_t
/// (no-data 0, MODE overviews), std::uint64_t (bit masks: no-data 0, NEAREST).
/// Cells that are never written are no-data.
template <typename T>
class CogWriter {
public:
    /// Throws Error when the spool can't be made or the disk is too small for it.
    CogWriter(std::filesystem::path path, const Grid& grid, MapOptions options);
    CogWriter(CogWriter&&) noexcept;
    ~CogWriter(); ///< without close(): leaves nothing behind

    void write(const Raster<T>& tile); ///< NaN is written as no-data; throws Error on a full disk
    void close();                      ///< throws Error if anything was not written

private:
    struct File;
    std::unique_ptr<File> m_file;
};

} // namespace zonerank::rasters
