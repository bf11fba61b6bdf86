// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_ground.hpp"

#include "rasters/travel/corner_steps.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::rasters {

TravelGround::TravelGround(const Grid& grid, const Tiling& tiling, const Slowness& slowness,
                           std::span<const TravelStart> starts, std::span<const RoadStep> roads,
                           const TravelOptions& options, std::uint64_t memory)
    : m_grid(grid), m_tiling(tiling), m_slowness(slowness), m_options(options),
      m_starts(grid, tiling, starts, options.method == TravelMethod::eikonal ? options.exact_start_cells : 0),
      m_start_seams(grid, tiling, starts, m_starts.reach()), m_roads(tiling, roads),
      m_blocks(tiling.size(), tiling.cells() * sizeof(float) * (options.relief ? 2 : 1), memory, options.scratch),
      m_pace(tiling.size()), m_begun(tiling.size()), m_seams(tiling.size()) {
    if (options.relief)
        m_relief.emplace(grid, tiling, *options.relief);
}

void TravelGround::open(std::size_t tile, float* slowness, float* minutes) {
    Tile ground = around(tile);
    std::optional<ReliefRays> rays;
    if (m_relief) {
        rays.emplace(m_relief->around(ground));
        m_relief->lay_out(tile, *rays, slowness + m_tiling.cells());
    }
    lay_out(tile, ground, slowness);
    m_roads.open(tile, corners(tile, slowness));
    std::fill_n(minutes, m_tiling.cells(), unreached);
    m_seams[tile] = m_start_seams.of(tile);
    if (m_starts.near(tile))
        begin(tile, ground, rays ? &*rays : nullptr, minutes);
}

std::vector<TileRoads::Start> TravelGround::corners(std::size_t tile, const float* slowness) const {
    const Window w = m_tiling.window(tile);
    if (m_options.method != TravelMethod::eikonal)
        return {};
    if (m_relief)
        return m_relief->corners(tile, {nullptr, slowness, true, nullptr, slopes(tile, slowness)},
                                 m_options.cut_corners);
    return corner_steps(slowness, w.cols, w.rows, m_options.cut_corners);
}

// In minutes per side of a cell, as far as rays from starts may go.
Tile TravelGround::around(std::size_t tile) const {
    const int rim = std::max(TileLayout::halo, m_starts.near(tile) ? m_starts.reach() : 0);
    Tile ground = m_slowness(intersection(m_tiling.window(tile).grown(rim), m_tiling.window()));
    const double side = m_grid.cell;
    for (float& s : ground.values())
        s = s >= 0 ? static_cast<float>(s * side) : unreached;
    return ground;
}

void TravelGround::lay_out(std::size_t tile, const Tile& around, float* slowness) {
    const Window w = m_tiling.window(tile), copied = intersection(w.grown(TileLayout::halo), m_tiling.window());
    std::fill_n(slowness, m_tiling.cells(), unreached);
    double sum = 0, cells = 0;
    for (int row = copied.row; row < copied.row + copied.rows; ++row) {
        const float* from = &around[{copied.col, row}];
        float* to = slowness + TileLayout::at(copied.col - w.col, row - w.row);
        for (int i = 0; i < copied.cols; ++i) {
            to[i] = from[i];
            const bool crossed = from[i] < unreached;
            sum += crossed ? from[i] : 0;
            cells += crossed ? 1 : 0;
        }
    }
    m_pace[tile] = sum > 0 && std::isfinite(sum) ? static_cast<float>(sum / cells) : 1;
}

// On a barrier a start begins only where a road leads away.
void TravelGround::begin(std::size_t tile, const Tile& around, const ReliefRays* rays, float* minutes) {
    const Window w = m_tiling.window(tile);
    const TileRoads* roads = m_roads.of(tile);
    std::vector<Begun>& begun = m_begun[tile];
    const auto straight = [&](Cell from, Point at, Cell to) {
        return rays ? rays->minutes(around, from, at, to, m_options.cut_corners)
                    : ray_minutes(around, from, at, to, m_options.cut_corners);
    };
    m_starts.arrivals(tile, around, straight, [&](Cell c, float t, std::int32_t target) {
        const std::uint32_t i = TileLayout::at(c.col - w.col, c.row - w.row);
        if (!(t < unreached) || (!(around[c] < unreached) && !(roads && !roads->from(i).empty())))
            return;
        if (t <= m_options.limit_minutes)
            minutes[i] = std::min(minutes[i], t);
        begun.push_back({i, t, target});
    });
    std::erase_if(begun, [&](const Begun& b) { return b.minutes > minutes[b.cell]; });
    if (!m_options.find_targets && !std::isfinite(m_options.limit_minutes))
        begun = {};
}

} // namespace zonerank::rasters
