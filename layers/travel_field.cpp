// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_field.hpp"

#include "rasters/core/error.hpp"
#include "rasters/solved/solved_file.hpp"

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

// By a lattice of points, which is close enough for a warning.
std::string left_outside(const FrictionSpec& spec, const Grid& study, const Grid& friction) {
    constexpr int side = 40;
    const rasters::Transform transform(rasters::parse_crs(study.crs), rasters::parse_crs(friction.crs));
    const rasters::Box box = study.box(), inside = friction.box();
    int outside = 0;
    for (int i = 0; i < side * side; ++i) {
        const double x = (i % side + 0.5) / side, y = (i / side + 0.5) / side;
        const rasters::Point p{box.xmin + x * box.width(), box.ymin + y * box.height()};
        outside += inside.contains(transform(p)) ? 0 : 1;
    }
    if (outside == side * side)
        throw ErrorAt(spec.mark, "friction: area: the study's area lies outside of it");
    const double percent = 100.0 * outside / (side * side);
    return percent < 1
               ? ""
               : fmt::format("{:.0f} % of the study's grid lie outside the friction's area, and are unknown", percent);
}

rasters::Box in_lonlat(const rasters::Box& box, const Grid& grid) {
    return rasters::reproject(box, rasters::Transform(rasters::parse_crs(grid.crs), rasters::wgs84()));
}

std::filesystem::path scratch_folder() {
    return std::filesystem::temp_directory_path();
}

Ways::Ways(const Friction& friction) : m_friction(friction), m_on_roads(friction.roads()) {}

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
    return m_on_roads.contains(cell) ||
           crossed_in(
               {cell.row / square_side, cell.col / square_side})[static_cast<std::size_t>(row * square_side + col)];
}

void SolvedRaster::hold(const Grid& over, rasters::GridReader::Computed computed, rasters::GridReader reader) {
    m_over = over;
    m_computed = std::move(computed);
    m_reader = std::move(reader);
}

void SolvedRaster::put(rasters::SolvedOut& out) const {
    out.put(m_over, m_computed);
}

void SolvedRaster::take(rasters::SolvedIn& in, const Grid& over, rasters::GridReader reader) {
    hold(over, in.raster(over), std::move(reader));
}

} // namespace zonerank::layers
