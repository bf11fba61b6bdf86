// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/core/raster.hpp"
#include "rasters/crs.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::rasters {

/// What a raster's numbers are, which decides how they may be resampled.
enum class Values {
    continuous, ///< averaged where a cell is 1.5 pixels or more to a side, bilinear otherwise
    classes,    ///< nearest
    counts,     ///< amounts per cell: the sum is kept
};

/// How pixels become cells: by what the values are, or as chosen (each is
/// described in resample.hpp). For slopes, read elevations with `cubic`: between
/// the pixels' own places bilinear flattens the ground (a 30 m DEM's mean slope by
/// 2.6 %, cubic by 0.4 %).
enum class Resample { automatic, nearest, bilinear, cubic, average };

/// A raster as the user has it: one band of one file, or of several as a mosaic
/// in the order given (a later file lies on top).
struct RasterSource {
    std::vector<std::string> paths;
    int band = 1;
    std::optional<double> nodata{}; ///< overrides the file's own
    std::optional<Crs> crs{};       ///< for a file that has none, or with override_crs
    bool override_crs = false;
    std::optional<Values> values{}; ///< none: guessed (a colour table or categories means classes)
    Resample resample = Resample::automatic;
};

/// What opening tells about a raster source.
struct RasterInfo {
    Crs crs;
    Box box;                            ///< in the raster's CRS
    double cell_x = 0, cell_y = 0;      ///< size of a source cell, CRS units
    int cols = 0, rows = 0;             ///< of all the files together, at the first one's cell
    Values values = Values::continuous; ///< as given, or as guessed
    bool guessed = false;
    bool turned = false;                 ///< its rows do not run along the CRS's x axis
    std::vector<std::string> categories; ///< names by code, or empty
};

/// Opens, looks and closes. Throws Error naming the file: missing, no raster,
/// no such band, no CRS, no georeferencing, rotated and warped beyond use.
RasterInfo inspect(const RasterSource& source, const Access& access);

/// Reads one raster source on a grid of any CRS and cell, tile by tile. The
/// file's scale and offset are applied; no-data becomes NaN, and so do infinite
/// values. Pixels are found to a millionth of one, never read from overviews, and
/// weighed by exact shares where they are averaged or summed; a cell has the same
/// number, to the last bit, in whatever window it is read. One GDAL handle per thread is hidden inside: read() may be
/// called from any thread. Copies share the handles.
class RasterReader {
public:
    /// Throws Error as inspect() does, or when there is no way between the CRSs.
    RasterReader(RasterSource source, const Grid& grid, const Access& access);

    const RasterInfo& info() const;
    const Grid& grid() const;
    bool cells_are_pixels() const; ///< nothing is resampled: the grid lies on the raster's own lattice

    /// The window may reach outside the grid: values there are as good as inside.
    /// Throws Error when a block can't be decoded (truncated or damaged file).
    Tile read(Window window) const;

private:
    struct Source;
    std::shared_ptr<const Source> m_source;
};

} // namespace zonerank::rasters
