// SPDX-License-Identifier: Apache-2.0
#include "rasters/packed_index.hpp"

namespace zonerank::rasters {

static std::vector<Box> grouped(std::span<const Box> boxes) {
    std::vector<Box> groups((boxes.size() + PackedIndex::fan - 1) / PackedIndex::fan);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        groups[i / PackedIndex::fan].add(boxes[i]);
    return groups;
}

PackedIndex::PackedIndex(std::span<const Box> items) : m_size(items.size()) {
    std::size_t items_below = fan;
    for (std::span<const Box> below = items; !below.empty(); below = m_levels.back(), items_below *= fan) {
        m_levels.push_back(grouped(below));
        m_spans.push_back(items_below);
        if (m_levels.back().size() <= fan)
            break;
    }
}

// Distance along the curve of a cell in a square of 2^16 (the usual
// rotate-and-reflect walk down the quadrants).
static std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
    constexpr std::uint32_t side = 1U << 16;
    std::uint32_t along = 0;
    for (std::uint32_t s = side / 2; s > 0; s /= 2) {
        const std::uint32_t rx = (x & s) ? 1 : 0, ry = (y & s) ? 1 : 0;
        along += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return along;
}

// 0 for what is not a number, which has to lie somewhere.
static std::uint32_t step_of(double offset, double step) {
    const double steps = offset / step;
    return steps > 0 && steps < 65536 ? static_cast<std::uint32_t>(steps) : 0;
}

std::vector<std::uint32_t> hilbert_order(std::span<const Point> points) {
    Box box;
    for (const Point p : points)
        box.add(p);
    const double step = std::max({box.width(), box.height(), 1e-300}) / 65535;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keys(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i)
        keys[i] = {hilbert(step_of(points[i].x - box.xmin, step), step_of(points[i].y - box.ymin, step)), i};
    std::sort(keys.begin(), keys.end());
    std::vector<std::uint32_t> order;
    order.reserve(keys.size());
    for (const auto& key : keys)
        order.push_back(key.second);
    return order;
}

} // namespace zonerank::rasters
