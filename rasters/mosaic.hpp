// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/core/raster.hpp"
#include "rasters/crs.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::rasters {

class TiffFile;
struct Calibration;

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
};

/// Throws Error naming the file: missing, not allowed, no raster, no such band,
/// no georeferencing, blocks too large to hold.
BandFacts band_facts(const std::string& path, int band, const Access& access);

/// One band of files that lie on one lattice of pixels, seen as one raster.
/// Pixels are counted from the first file's corner and may be negative.
class Mosaic {
public:
    /// `nodata`: instead of the files' own. Throws Error when two of the files do not
    /// share a lattice.
    Mosaic(std::vector<BandFacts> files, int band, std::optional<double> nodata, Access access);

    /// Whether the file's pixels fall on the lattice of the other's, to a
    /// hundredth of a pixel.
    static bool share_lattice(const BandFacts& a, const BandFacts& b);

    const Crs& crs() const { return m_files.front().facts.crs; }
    const PixelTransform& transform() const { return m_files.front().facts.transform; }
    Window extent() const { return m_extent; }
    Box box() const; ///< in the CRS

    /// Columns around the globe, when the CRS is geographic and they are a
    /// whole number: column c and c + period are then the same. Otherwise 0.
    int period() const { return m_period; }

    /// Values with scale and offset applied, NaN where there is no data and
    /// beyond the files; a later file lies on top. Pixels as they are in the
    /// file: never from an overview. Throws Error naming the file that can't be
    /// decoded. Safe to call from any thread: each opens the files for itself.
    Raster<double> read(Window pixels) const;
    Tile read_tile(Window pixels) const; ///< the same in single precision

private:
    struct File {
        BandFacts facts;
        Window window;                        ///< in pixels of the mosaic
        std::shared_ptr<const TiffFile> tiff; ///< when it is read past GDAL
    };
    struct Handles;

    static Calibration calibration(const File& file);
    template <typename T>
    Raster<T> read_all(Window pixels) const;
    template <typename T>
    void read_file(std::size_t index, int shift, Raster<T>& into) const;
    template <typename T>
    void read_by_gdal(std::size_t index, Window in_file, Window part, Raster<T>& into) const;

    std::vector<File> m_files;
    int m_band;
    Access m_access;
    Window m_extent;
    int m_period = 0;
    std::shared_ptr<Handles> m_handles;
};

} // namespace zonerank::rasters
