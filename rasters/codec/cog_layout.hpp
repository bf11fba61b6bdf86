// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/block_encoder.hpp"
#include "rasters/codec/pyramid.hpp"
#include "rasters/codec/tiff_directory.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

TiffField tiff_shorts(std::uint16_t tag, std::span<const std::uint16_t> values);
TiffField tiff_text(std::uint16_t tag, std::string_view text); ///< a NUL is added

/// The packed sizes of a level's blocks, row by row.
using TileSizes = std::vector<std::uint32_t>;

/// All that comes before the tiles of a cloud-optimised GeoTIFF, as GDAL's COG driver
/// lays it out: the header, GDAL's note on the structure, the directories from the
/// raster to the smallest overview, and the places of the tiles. After it come the
/// tiles, the smallest overview's first, row by row, each between tile_lead and
/// tile_trail.
struct CogLayout {
    Bytes head;
    std::uint64_t file_bytes = 0; ///< head, tiles and what is around them
};

/// How many bytes precede a tile (its size, in 4 bytes) and follow it (its last 4 again).
inline constexpr std::size_t tile_lead = 4, tile_trail = 4;

enum class TiffKind { as_needed, big }; ///< BigTIFF from 4 GiB on, or in any case

/// `fields` join the first directory; `sizes` has one entry a level.
CogLayout cog_layout(std::span<const PyramidLevel> levels, std::span<const TileSizes> sizes, const BlockFormat& format,
                     std::vector<TiffField> fields, TiffKind kind = TiffKind::as_needed);

} // namespace zonerank::rasters
