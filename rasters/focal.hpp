// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"

#include <cstddef>
#include <vector>

namespace zonerank::rasters {

/// The cells whose centres lie within a radius of a cell's own; those at exactly
/// the radius (to 1e-12 of it) do.
class Disc {
public:
    /// `radius` in cells, 0 or more; below 1 the disc is the cell itself.
    explicit Disc(double radius);

    /// Columns and rows beyond the cell's own.
    int reach() const { return static_cast<int>(m_halves.size()) - 1; }
    /// Rows above and below, `col` columns away.
    int half(int col) const { return m_halves[static_cast<std::size_t>(col)]; }
    long long size() const; ///< in cells

private:
    std::vector<int> m_halves;
};

enum class Focal { mean, sum, deviation, minimum, maximum };

/// A statistic of each cell's disc of `values`, which must cover the window grown
/// by the disc's reach. Cells without data are left out; NaN where the whole disc
/// has none. Sums are of doubles, added in an order that the disc alone decides,
/// hence the same in whatever window; the deviation (of the population) is of exact
/// squares, so that it loses nothing where it is far below the mean. Time grows
/// with the radius, not with its square.
Tile focal(const Tile& values, Window window, const Disc& disc, Focal statistic);

} // namespace zonerank::rasters
