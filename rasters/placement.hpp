// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/crs.hpp"
#include "rasters/mosaic.hpp"

#include <optional>
#include <vector>

namespace zonerank::rasters {

/// Where the cells of a grid lie on the pixels of a raster. Over blocks of
/// 32 x 32 cells, counted from the grid's anchor, the transformation is a
/// bicubic polynomial through 16 exact points wherever five more show it to be
/// within a millionth of a pixel; elsewhere each point is transformed. So a
/// cell has the same place, to the last bit, in whatever window it is asked
/// for. Safe to call from any thread.
class Placement {
public:
    /// Throws Error when there is no way from the grid's CRS to the raster's.
    Placement(const Grid& grid, const Mosaic& mosaic);
    /// The same on the cells of another grid, as if a raster had them for pixels.
    Placement(const Grid& grid, const Grid& pixels);

    /// Centres of the window's cells, row by row, or all (cols + 1) x (rows + 1)
    /// corners, in pixels rounded to 2^-24: what is left of an aligned grid's
    /// corner after two matrices is a whole number again. NaN without a place.
    std::vector<Point> places(const Window& window, bool corners) const;

    /// The pixel that the cell (0, 0) is, where every cell of the window is a pixel.
    std::optional<Cell> first_pixel(const Window& window) const;

private:
    /// From cells, counted from the anchor, to pixels; each by the transformation.
    void place(std::vector<Point>& cells) const;

    Grid m_grid;
    Transform m_transform;
    PixelTransform m_inverse;
    std::optional<double> m_middle; ///< of the grid: longitudes are within 180 degrees of it
    double m_turn = 0;              ///< added to them
};

} // namespace zonerank::rasters
