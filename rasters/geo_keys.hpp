// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/tiff_directory.hpp"
#include "rasters/core/grid.hpp"

#include <vector>

namespace zonerank::rasters {

/// The fields of a GeoTIFF that tell where a grid lies and in which CRS, as GDAL writes
/// them (OGC 19-008r4). Throws Error when the CRS can't be read.
std::vector<TiffField> geo_keys(const Grid& grid);

} // namespace zonerank::rasters
