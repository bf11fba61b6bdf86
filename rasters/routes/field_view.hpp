// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/line_pieces.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <cstddef>
#include <limits>
#include <optional>

namespace zonerank::rasters {

/// Looks at single cells of a solved field and its ground, most of which are near each
/// other. By one thread. Points are columns and rows, with parts, from the north-west corner.
class FieldView {
public:
    /// References are kept.
    FieldView(TravelGround& ground, const TravelTimes::Field& field);

    const Window& window() const { return m_field.tiling.window(); }
    float minutes(Cell c);  ///< unreached where nothing came; outside, too
    float slowness(Cell c); ///< minutes per side of a cell; unreached where nothing crosses

    /// Minutes straight over the ground: the exact integral. Infinite across what can't be crossed.
    double straight(Point from, Point to);

private:
    bool open(Cell c);
    std::size_t offset(Cell c) const { return TileLayout::at(c.col - m_here.col, c.row - m_here.row); }

    TravelGround& m_ground;
    const TravelTimes::Field& m_field;
    LinePieces m_pieces;
    Window m_here{}; ///< of the open tile
    std::optional<PagedTiles::Pin> m_minutes, m_slowness;
};

inline Point middle_of(Cell c) {
    return {c.col + 0.5, c.row + 0.5};
}

} // namespace zonerank::rasters
