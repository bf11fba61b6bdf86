// SPDX-License-Identifier: Apache-2.0
#include "layers/speed_map.hpp"

#include "layers/speeds.hpp"
#include "rasters/travel/line_pieces.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Tile;
using rasters::Window;

SpeedMap::SpeedMap(const FrictionSpec& spec, Sources& sources, std::shared_ptr<const Friction> friction)
    : m_friction(std::move(friction)) {
    std::vector<rasters::RoadLine> lines;
    for (const SpeedRule& rule : spec.speeds)
        if (moves_along_lines(rule, sources))
            add_lines(rule, sources, grid(), lines);
    rasters::LinePieces pieces(grid());
    for (const rasters::RoadLine& line : lines)
        for (std::size_t i = 0; i + 1 < line.path.size(); ++i)
            pieces.each(line.path[i], line.path[i + 1], [&](Cell cell, double, double) {
                if (grid().window().contains(cell))
                    m_on_lines.push_back({cell, static_cast<float>(line.km_per_hour)});
            });
    std::ranges::sort(m_on_lines, {},
                      [](const OnLine& on) { return std::tuple(on.cell.row, on.cell.col, -on.km_per_hour); });
    const auto again = std::ranges::unique(m_on_lines, {}, &OnLine::cell);
    m_on_lines.erase(again.begin(), again.end());
}

Tile SpeedMap::tile(Window window) const {
    Tile speed = m_friction->slowness(window);
    for (float& cell : speed.values())
        cell = 0.06F / cell;
    const auto place = [](const OnLine& on) { return std::pair(on.cell.row, on.cell.col); };
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (auto on = std::ranges::lower_bound(m_on_lines, std::pair(row, window.col), {}, place);
             on != m_on_lines.end() && window.contains(on->cell); ++on)
            speed[on->cell] = speed[on->cell] > on->km_per_hour ? speed[on->cell] : on->km_per_hour;
    return speed;
}

} // namespace zonerank::layers
