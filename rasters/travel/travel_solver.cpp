// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_solver.hpp"

#include "rasters/travel/directed_spreading.hpp"
#include "rasters/travel/spreading.hpp"
#include "rasters/travel/travel_rounds.hpp"

#include <cmath>
#include <utility>

namespace zonerank::rasters {

static std::uint64_t share_of_memory(const TravelOptions& options) {
    return options.memory / (options.find_targets ? 3 : 2);
}

TravelTimes::Field::Field(const Grid& grid, const TravelOptions& options)
    : tiling(grid, options.tile_cells),
      minutes(tiling.size(), tiling.cells() * sizeof(float), share_of_memory(options), options.scratch) {
    if (options.find_targets)
        targets = std::make_unique<PagedTiles>(tiling.size(), tiling.cells() * sizeof(std::int32_t),
                                               share_of_memory(options), options.scratch);
}

TravelSolver::TravelSolver(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                           std::span<const RoadStep> roads, const TravelOptions& options, const TravelPart* part)
    : m_options(options), m_part(part), m_cells(part ? part->cells : grid.window()),
      m_field(std::make_shared<TravelTimes::Field>(grid, options)),
      m_advance(options.course, static_cast<double>(m_cells.size())), m_reached(m_field->tiling.size()),
      m_ground(grid, m_field->tiling, slowness, starts, roads, options, share_of_memory(options)),
      m_borders(m_field->tiling), m_left(m_field->tiling.size()), m_settled(m_field->tiling.size()) {}

bool TravelSolver::finds(TravelPhase phase) const {
    if (m_part)
        return phase == m_part->phase;
    return phase == TravelPhase::times || (phase == TravelPhase::targets && m_options.find_targets) ||
           (phase == TravelPhase::beyond && m_options.tell_beyond && std::isfinite(m_options.limit_minutes));
}

void TravelSolver::tell_of_reached(std::size_t tile, const float* minutes) {
    const Window w = m_field->tiling.window(tile);
    int reached = 0;
    for (int row = 0; row < w.rows; ++row) {
        const float* cell = minutes + TileLayout::at(0, row);
        for (int col = 0; col < w.cols; ++col)
            reached += cell[col] < unreached ? 1 : 0;
    }
    m_advance.add(reached - std::exchange(m_reached[tile], reached));
}

extern template void TravelSolver::solve_by<DirectedSpreading<true, true>>();
extern template void TravelSolver::solve_by<DirectedSpreading<false, false>>();
extern template void TravelSolver::solve_by<DirectedSpreading<false, true>>();

std::shared_ptr<const TravelTimes::Field> TravelSolver::solve() {
    if (m_options.relief)
        solve_with<DirectedSpreading>();
    else
        solve_with<Spreading>();
    m_field->minutes.keep(m_options.kept);
    if (m_field->targets)
        m_field->targets->keep(m_options.kept);
    return m_field;
}

template <template <bool between, bool knights> typename Rule>
void TravelSolver::solve_with() {
    switch (m_options.method) {
    case TravelMethod::eikonal:
        return solve_by<Rule<true, true>>();
    case TravelMethod::grid8:
        return solve_by<Rule<false, false>>();
    case TravelMethod::grid16:
        return solve_by<Rule<false, true>>();
    }
}

} // namespace zonerank::rasters
