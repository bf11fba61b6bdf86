// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/block_cache.hpp"
#include "rasters/core/raster.hpp"

#include <memory>
#include <optional>

namespace zonerank::rasters {

/// From a file's raw values to measurements: raw x scale + offset; NaN where a raw
/// value is `nodata` exactly (one between or beyond the band's numbers is none of them),
/// or where the measurement has no place in single precision.
struct Calibration {
    double scale = 1, offset = 0;
    std::optional<double> nodata{};
};

/// What becomes of a cell where the file has no data: it stays as it is, or is NaN.
enum class Gaps { stay, are_nan };

/// Reads the pixels `from` of the file to the cells `to`, as many, of a raster that
/// holds them. Throws Error as TiffFile::read(). T: float or double.
template <typename T>
void read_tiff(const std::shared_ptr<const TiffFile>& file, const Calibration& calibration, Gaps gaps,
               const Window& from, const Window& to, Raster<T>& into);

} // namespace zonerank::rasters
