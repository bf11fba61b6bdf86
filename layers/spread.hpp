// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/settled.hpp"
#include "rasters/core/grid.hpp"
#include "rasters/dots.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace zonerank::layers {

/// Spreads the weights of polygons over squares, from whose middles they count: by the
/// share of a polygon's area that lies in each or, where it is known, by how much of what
/// is settled in the polygon does. That is measured in an eighth of a square's side: a
/// polygon's border cuts those squares as if they were settled evenly. A polygon without
/// any settled part is spread by its area. All of a polygon's weight is spread, also
/// beyond the squares that are asked for.
class Spread {
public:
    static rasters::Grid fine(const rasters::Grid& squares) { return refined(squares, parts); }

    /// `settled`: of the cells of fine(squares); may be null.
    explicit Spread(const rasters::Grid& squares, SettledAmounts settled = nullptr)
        : m_squares(squares), m_fine(fine(squares)), m_settled(std::move(settled)) {}

    const rasters::Grid& squares() const { return m_squares; }

    /// Adds what lies in the squares.
    void add(const rasters::Shape& shape, double weight, std::vector<rasters::Dot>& dots);

    // Of those that were added, have a weight and meet the squares:
    std::size_t polygons() const { return m_polygons; }
    std::size_t unsettled() const { return m_unsettled; } ///< without a settled part

private:
    void add_evenly(const rasters::Shape& shape, double weight, std::vector<rasters::Dot>& dots) const;
    bool add_settled(const rasters::Shape& shape, double weight, std::vector<rasters::Dot>& dots) const;
    void find_settled(const rasters::Shape& shape, const rasters::Window& part, std::vector<rasters::Dot>& found) const;

    static constexpr int parts = 8; ///< to a side of a square

    rasters::Grid m_squares, m_fine;
    SettledAmounts m_settled;
    std::size_t m_polygons = 0, m_unsettled = 0;
};

} // namespace zonerank::layers
