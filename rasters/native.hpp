// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/reader.hpp"

#include <functional>

namespace zonerank::rasters {

/// Side in metres, in the grid's CRS, of a source cell in the middle of the grid
/// (the geometric mean of its two sides).
double source_cell(const RasterInfo& info, const Grid& grid);

/// The grid on which a source is measured at its own resolution: the whole number
/// of cells to a side of the grid's, or of the grid's to a side of one, that comes
/// nearest to the source's; on the same anchor.
/// `factor` > 0: that many native cells to a side of a grid cell;
/// `factor` < 0: that many grid cells to a side of a native one; `first` is then
/// the place of the grid's first cell within its native cell.
struct NativeGrid {
    Grid grid;
    int factor = 1;
    Cell first{};
};
NativeGrid native_grid(const RasterInfo& info, const Grid& grid);

/// From native cells back to the grid's: the mean of those with data, where
/// cells shrink; bilinear between centres where they grow; itself where they are the
/// same. `native` must cover native_window(window).
Tile from_native(Tile native, const NativeGrid& fine, Window window);
Window native_window(const NativeGrid& fine, Window window);

/// A tile of the grid measured a few cells at a time: native cells may be hundreds
/// to one of the grid's, and memory stays at a few megabytes whatever the window.
Tile in_parts(Window window, const NativeGrid& fine, const std::function<Tile(Window)>& part);

} // namespace zonerank::rasters
