// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/quad_coverage.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zonerank::rasters {

double QuadCoverage::cover(const Quad& quad) {
    const auto by_x = [](Point a, Point b) { return a.x < b.x; };
    const auto by_y = [](Point a, Point b) { return a.y < b.y; };
    const auto x = std::minmax_element(quad.begin(), quad.end(), by_x);
    const auto y = std::minmax_element(quad.begin(), quad.end(), by_y);
    m_col = floor_of(x.first->x);
    m_row = floor_of(y.first->y);
    m_cols = floor_of(x.second->x) - m_col + 1;
    m_rows = floor_of(y.second->y) - m_row + 1;
    // One column more takes what lies right of the last pixel.
    m_stride = static_cast<std::size_t>(m_cols) + 1;
    m_areas.assign(m_stride * static_cast<std::size_t>(m_rows), 0.0);
    double twice = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point a = local(quad[i]), b = local(quad[(i + 1) % 4]);
        twice += a.x * b.y - b.x * a.y;
        add_edge(a, b);
    }
    m_sign = twice < 0 ? 1 : -1;
    return std::abs(twice) / 2;
}

void QuadCoverage::add_edge(Point a, Point b) {
    if (a.y == b.y)
        return;
    const double direction = a.y < b.y ? 1 : -1;
    if (direction < 0)
        std::swap(a, b);
    const double slope = (b.x - a.x) / (b.y - a.y);
    const double left = std::min(a.x, b.x), right = std::max(a.x, b.x);
    double top_x = a.x;
    for (int row = floor_of(a.y); row < b.y; ++row) {
        const double top = std::max(a.y, 1.0 * row), bottom = std::min(b.y, row + 1.0);
        // Rounding must not carry the edge out of its own bounds.
        const double bottom_x = bottom == b.y ? b.x : std::clamp(a.x + (bottom - a.y) * slope, left, right);
        add_in_row(row, direction * (bottom - top), top_x, bottom_x);
        top_x = bottom_x;
    }
}

void QuadCoverage::add_in_row(int row, double height, double x0, double x1) {
    if (x0 > x1)
        std::swap(x0, x1);
    const int first = floor_of(x0), last = floor_of(x1);
    double x = x0;
    for (int col = first; col <= last; ++col) {
        const double end = col == last ? x1 : col + 1.0;
        const double part = x1 > x0 ? height * ((end - x) / (x1 - x0)) : height;
        const double right = part * (col + 1 - (x + end) / 2);
        m_areas[index(col, row)] += right;
        m_areas[index(col + 1, row)] += part - right;
        x = end;
    }
}

} // namespace zonerank::rasters
