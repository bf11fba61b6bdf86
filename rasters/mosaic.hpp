// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/band_facts.hpp"
#include "rasters/core/raster.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::rasters {

class TiffFile;
struct Calibration;

/// One band of files that lie on one lattice of pixels, seen as one raster.
/// Pixels are counted from the first file's corner and may be negative.
class Mosaic {
public:
    /// `nodata`: instead of the files' own. Throws Error when two of the files do not
    /// share a lattice.
    Mosaic(std::vector<BandFacts> files, int band, std::optional<double> nodata, Access access);

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
