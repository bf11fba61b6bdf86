// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/raster.hpp"

#include <cstdint>

namespace zonerank::rasters {

/// Coverage fractions are counted in 2^-24 of a cell: sums of them are integers
/// and so have no order.
inline constexpr int coverage_bits = 24;
inline constexpr std::int32_t full_coverage = 1 << coverage_bits;

/// The exact share of each cell of `window` that the shape's polygons cover, in
/// units of 2^-24 (0 .. full_coverage), within half a unit of the true area.
/// Edges are split at the grid's own cell lines and their signed areas
/// accumulated, so a cell has the same number in whatever window it is asked
/// for. Points and lines cover nothing. The shape's polygons must not overlap.
/// The window may reach outside the grid. Safe to call from any thread.
Raster<std::int32_t> coverage(const Shape& shape, const Grid& grid, Window window);

} // namespace zonerank::rasters
