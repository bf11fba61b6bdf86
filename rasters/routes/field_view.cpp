// SPDX-License-Identifier: Apache-2.0
#include "rasters/routes/field_view.hpp"

#include <cmath>

namespace zonerank::rasters {

// Of cells as wide as one, so that their corners and centres are exact.
static const Grid& unit_grid() {
    static const Grid grid{"", 1, 0, 0, 1, 1, {}};
    return grid;
}

FieldView::FieldView(TravelGround& ground, const TravelTimes::Field& field)
    : m_ground(ground), m_field(field), m_pieces(unit_grid()) {}

// Minutes and ground of a tile are there together: both from when travel came to it.
bool FieldView::open(Cell c) {
    if (m_here.contains(c))
        return m_minutes.has_value();
    m_minutes.reset();
    m_slowness.reset();
    m_here = {};
    if (!window().contains(c))
        return false;
    const std::size_t tile = m_field.tiling.of(c);
    m_here = m_field.tiling.window(tile);
    if (!m_field.minutes.has(tile))
        return false;
    m_minutes.emplace(m_field.minutes, tile, false);
    m_ground.pin(m_slowness, tile);
    return true;
}

float FieldView::minutes(Cell c) {
    if (!open(c))
        return unreached;
    const float minutes = m_minutes->as<const float>()[offset(c)];
    return minutes == TravelTimes::Field::beyond ? unreached : minutes;
}

float FieldView::slowness(Cell c) {
    return open(c) ? m_slowness->as<const float>()[offset(c)] : unreached;
}

double FieldView::straight(Point from, Point to) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    double sum = 0;
    m_pieces.each({from.x, -from.y}, {to.x, -to.y}, [&](Cell c, double begin, double end) {
        if (length > 0) // nothing of a barrier is none
            sum += (end - begin) * length * static_cast<double>(slowness(c));
    });
    return sum;
}

} // namespace zonerank::rasters
