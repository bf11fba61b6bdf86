// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"
#include "rasters/core/raster.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace zonerank::rasters {

using Quad = std::array<Point, 4>;

/// The share of each pixel that a quadrilateral covers, by accumulating the
/// signed areas to the right of its edges; summed along a row they give coverage.
class QuadCoverage {
public:
    /// The corners, in order, must be finite and within +-10^9. Returns the area in pixels.
    double cover(const Quad& quad);

    /// Calls visit(Cell, share) row by row for the pixels of the last one covered.
    template <typename Visit>
    void for_each(Visit&& visit) const {
        // What rounding leaves of a pixel that is not touched.
        constexpr double nothing = 1e-9;
        for (int row = 0; row < m_rows; ++row) {
            double share = 0;
            for (int col = 0; col < m_cols; ++col) {
                share += m_areas[index(col, row)];
                if (m_sign * share > nothing)
                    visit(Cell{m_col + col, m_row + row}, m_sign * share);
            }
        }
    }

private:
    void add_edge(Point a, Point b);
    void add_in_row(int row, double height, double x0, double x1); ///< a piece of an edge: `height` signed
    Point local(Point p) const { return {p.x - m_col, p.y - m_row}; }
    std::size_t index(int col, int row) const {
        return static_cast<std::size_t>(row) * m_stride + static_cast<std::size_t>(col);
    }

    int m_col = 0, m_row = 0, m_cols = 0, m_rows = 0;
    std::size_t m_stride = 0;
    double m_sign = 1;
    std::vector<double> m_areas;
};

} // namespace zonerank::rasters
