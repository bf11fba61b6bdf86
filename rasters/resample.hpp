// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <span>

namespace zonerank::rasters {

/// How a cell's number is made from the pixels under it.
enum class Method {
    nearest,  ///< the pixel in which the centre lies
    bilinear, ///< of the four pixel centres around the centre; those without data
              ///< are left out, but never the pixel in which the centre lies
    cubic,    ///< of sixteen (Keys 1981, a = -1/2), which keeps slopes; bilinear where
              ///< not all of them have data
    average,  ///< of the pixels with data, by the share of the cell that each covers
    sum,      ///< of the pixels, each by the share of itself that the cell covers
};

/// Whether the method looks at the corners of a cell instead of its centre.
inline bool by_area(Method method) {
    return method == Method::average || method == Method::sum;
}

/// Cells and, for the methods by area, the share of each that had data.
struct Resampled {
    Tile values;
    Tile share; ///< 0 .. 1
};

/// Fills `window` from source pixels. `places` holds where the cells' centres
/// fall in pixel coordinates, row by row; by area the (cols + 1) x (rows + 1)
/// corners, whose cells are taken as quadrilaterals: neighbours share their
/// edges, so a sum is neither lost nor counted twice. A cell without a place
/// (NaN) or without data is NaN. `period`: as Mosaic::period().
/// A cell's number depends on its own places and pixels only.
Resampled resample(Method method, const Raster<double>& pixels, std::span<const Point> places, Window window,
                   int period);

/// The smallest window of pixels that holds the places, and two pixels more on
/// each side, as far as a method reaches.
/// Empty when no place is finite.
Window pixels_around(std::span<const Point> places);

} // namespace zonerank::rasters
