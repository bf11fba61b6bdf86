// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_field.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::layers {

using rasters::Cell;
using rasters::Grid;
using rasters::Tile;

void need_friction(const Sources& sources, std::string_view measure) {
    if (sources.friction_spec() == nullptr)
        throw Error("{} needs to know how fast one moves: a `friction` section with `speeds`", measure);
}

rasters::Box in_lonlat(const rasters::Box& box, const Grid& grid) {
    return rasters::reproject(box, rasters::Transform(rasters::parse_crs(grid.crs), rasters::wgs84()));
}

std::filesystem::path scratch_folder() {
    return std::filesystem::temp_directory_path();
}

Ways::Ways(const Friction& friction) : m_friction(friction) {
    for (const rasters::RoadStep& step : friction.roads())
        for (const Cell end : {step.from, step.to})
            m_on_roads.emplace_back(end.row, end.col);
    std::ranges::sort(m_on_roads);
    m_on_roads.erase(std::unique(m_on_roads.begin(), m_on_roads.end()), m_on_roads.end());
}

static constexpr int square_side = 64;

const std::vector<bool>& Ways::crossed_in(Place square) {
    std::vector<bool>& crossed = m_squares[square];
    if (crossed.empty()) {
        const Tile ground =
            m_friction.slowness({square.second * square_side, square.first * square_side, square_side, square_side});
        for (const float slowness : ground.values())
            crossed.push_back(!std::isnan(slowness));
    }
    return crossed;
}

bool Ways::lead_from(Cell cell) {
    const int row = cell.row % square_side, col = cell.col % square_side;
    return std::ranges::binary_search(m_on_roads, Place(cell.row, cell.col)) ||
           crossed_in(
               {cell.row / square_side, cell.col / square_side})[static_cast<std::size_t>(row * square_side + col)];
}

void SolvedRaster::hold(rasters::GridReader::Computed computed, rasters::GridReader reader) {
    m_computed = std::move(computed);
    m_reader = std::move(reader);
}

} // namespace zonerank::layers
