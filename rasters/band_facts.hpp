// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/crs.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

class GDALRasterBand;

namespace zonerank::rasters {

/// x = at[0] + col at[1] + row at[2], y = at[3] + col at[4] + row at[5], in a
/// CRS; (0, 0) is the outer corner of the first pixel. GDAL's geotransform.
using PixelTransform = std::array<double, 6>;

/// The other direction. Throws Error when all pixels lie on one line.
PixelTransform inverted(const PixelTransform& transform);
inline Point applied(const PixelTransform& t, Point p) {
    return {t[0] + p.x * t[1] + p.y * t[2], t[3] + p.x * t[4] + p.y * t[5]};
}

/// What opening a raster file tells of one of its bands.
struct BandFacts {
    std::string path;
    Crs crs; ///< unknown when the file names none
    PixelTransform transform{};
    int cols = 0, rows = 0;
    bool one_at_a_time = false; ///< its format's library is not made for threads
    bool classes = false;       ///< has a colour table or category names
    std::vector<std::string> categories;
    bool tiff = false;            ///< read by GDAL's driver for GeoTIFFs
    bool masked = false;          ///< by another band or file
    bool single = false;          ///< holds floats
    bool signed_bytes = false;    ///< where GDAL gives unsigned ones
    double scale = 1, offset = 0; ///< from raw values to measurements
    std::optional<double> nodata; ///< raw, as the band can hold it

    /// Sets `nodata`: a band of floats holds the nearest one to the decimal number given.
    void hold_nodata(double value);
};

/// Throws Error naming the file: missing, not allowed, no raster, no such band,
/// no georeferencing, blocks too large to hold.
BandFacts band_facts(const std::string& path, int band, const Access& access);

/// Throws Error when the data set has no such band, or is one of several.
GDALRasterBand& band_of(GDALDataset& dataset, int band);

/// Where b's first pixel lies on a's lattice, in pixels.
Point offset_between(const BandFacts& a, const BandFacts& b);

/// Whether the file's pixels fall on the lattice of the other's, to a hundredth of a
/// pixel.
bool share_lattice(const BandFacts& a, const BandFacts& b);

} // namespace zonerank::rasters
