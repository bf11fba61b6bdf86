// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/tiff_directory.hpp"
#include "rasters/core/grid.hpp"

#include <vector>

namespace zonerank::rasters {

/// The fields of a GeoTIFF that tell where a grid lies and in which CRS, as GDAL writes
/// them (OGC 19-008r4). A CRS that GDAL can't tell in keys, and would put into a file
/// beside, is told by its EPSG code or, as ESRI does, by its definition in place of a
/// name, so that GDAL and QGIS find it in the file itself. Throws Error when the CRS
/// can't be read, or has no code and a definition of more than 2,381 characters.
std::vector<TiffField> geo_keys(const Grid& grid);

} // namespace zonerank::rasters
