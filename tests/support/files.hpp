// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

namespace zonerank::tests {

/// Corner, cell and numbers of a raster that a test makes up.
struct MadeRaster {
    std::string crs = "EPSG:32643";
    double west = 0, north = 0, cell = 1;
    int cols = 0, rows = 0;
    double nodata = -9999;
};

/// A GeoTIFF (Float32) of the values, row by row from the north-west.
std::string write_raster(const std::string& path, const MadeRaster& raster, std::span<const float> values);

/// ogr2ogr: the vector file in another format; arguments as on its command line.
std::string converted(const std::string& from, const std::string& to, const std::vector<std::string>& arguments);

} // namespace zonerank::tests
