// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <cstdint>

namespace zonerank::rasters {

/// Coverage fractions are counted in 2^-24 of a cell: sums of them are integers
/// and so have no order.
inline constexpr int coverage_bits = 24;
inline constexpr std::int32_t full_coverage = 1 << coverage_bits;

/// The share of each cell of `window` that the shape's polygons cover, in units
/// of 2^-24 (0 .. full_coverage): the true area to the nearest unit, off by one
/// more at most for each 64 cell sides of edge within the cell.
///
/// Corners are snapped to 2^-30 of a cell, edges split at the grid's own cell
/// lines and their signed areas added in whole numbers (exact-area scan
/// conversion; Catmull 1978), so a cell has the same number in whatever window it
/// is asked for, and two polygons that share an edge fill the cells between them.
/// Ring directions do not matter; a polygon's holes must lie in its outer ring
/// and a shape's polygons must not overlap. Points and lines cover nothing. The
/// window may reach outside the grid. Takes a time that grows with the edges of
/// the rings that meet the window. Throws Error when a corner is not finite or
/// 2^31 cells from the grid's anchor. Safe to call from any thread.
Raster<std::int32_t> coverage(const Shape& shape, const Grid& grid, Window window);

} // namespace zonerank::rasters
