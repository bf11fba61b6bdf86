// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/offers.hpp"
#include "rasters/travel/tile_queue.hpp"
#include "rasters/travel/travel_solver.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <utility>

// The rounds of TravelSolver by any rule of spreading: compiled by one file for each kind of
// rules, so that what one kind needs doesn't slow down what the compiler makes of another.

namespace zonerank::rasters {

template <typename Rule>
void TravelSolver::solve_by() {
    if (finds(TravelPhase::times))
        find_times<Rule>();
    if (finds(TravelPhase::targets))
        find_targets<Rule>();
    if (finds(TravelPhase::beyond))
        find_beyond<typename Rule::Reach>();
}

// Shows what lies around a part, and has tiles worked on that there is news for.
template <typename T>
void TravelSolver::look_around(Frames<T>& borders, TileQueue& due) const {
    if (!m_part)
        return;
    for (const TravelPart::Seen& seen : m_part->around) {
        const T value = std::bit_cast<T>(seen.value);
        borders.show(seen.cell, value);
        if (seen.news)
            m_field->tiling.each(Window{seen.cell.col, seen.cell.row, 1, 1}.grown(TileLayout::halo),
                                 [&](std::size_t tile) {
                                     if (mine(tile))
                                         due.activate(tile, static_cast<float>(value));
                                 });
    }
}

// A tile as it was left; its neighbours have seen it like that.
template <typename T>
bool TravelSolver::restore(TravelPhase phase, std::size_t tile, T* block, Frames<T>& borders) const {
    if (!m_part || !m_part->restore(phase, tile, reinterpret_cast<std::uint32_t*>(block)))
        return false;
    borders.show(tile, block, [](std::size_t, T) {});
    return true;
}

// Calls visit(cell) for those of a block that have a time.
template <typename Visit>
void each_reached(const float* minutes, std::size_t cells, Visit&& visit) {
    for (std::size_t i = 0; i < cells; ++i)
        if (minutes[i] < unreached)
            visit(static_cast<std::uint32_t>(i));
}

// Times.

namespace rounds {

// The largest float that is not above the limit.
inline float as_float(double limit) {
    const float nearest = static_cast<float>(limit);
    return nearest > limit ? std::nextafter(nearest, 0.0F) : nearest;
}

// The latest time there is.
inline float latest(const float* minutes, std::size_t cells) {
    float latest = 0;
    each_reached(minutes, cells, [&](std::uint32_t i) { latest = std::max(latest, minutes[i]); });
    return latest;
}

constexpr float bucket_width = 0.2F; ///< of a cell's time at the tile's pace
constexpr float turn = 16;           ///< cells, at that pace, that a tile is solved for at a time

} // namespace rounds

// Not to the end at once: what comes in from neighbours later may be earlier.
template <typename Rule>
float TravelSolver::spread_times(std::size_t tile, const Patch& patch, std::span<const Arrival> arrivals) {
    static thread_local BucketQueue queue;
    const float first = std::ranges::min(arrivals, {}, &Arrival::minutes).minutes, pace = m_ground.pace(tile);
    queue.begin(first, rounds::bucket_width * pace);
    for (const Arrival& a : arrivals)
        queue.push(a);
    const TileRoads* roads = m_ground.roads(tile);
    rounds::Earlier earlier{patch.minutes, rounds::as_float(m_options.limit_minutes), 0, m_settled[tile], queue, 0, {}};
    const float later = queue.run(first + rounds::turn * pace, [&](const Arrival& a) {
        if (patch.minutes[a.cell] < a.minutes)
            return;
        earlier.now = a.minutes;
        earlier.settled = std::max(earlier.settled, a.minutes);
        Rule::from(patch, a.cell, earlier);
        earlier.take();
        if (roads)
            for (const TileRoads::Step& step : roads->from(a.cell)) {
                earlier.offer(step.to, a.minutes + step.minutes, a.cell);
                earlier.take();
            }
    });
    m_settled[tile] = earlier.settled;
    queue.leave(m_left[tile]);
    return later;
}

template <typename Rule>
void TravelSolver::find_times() {
    TileQueue due(m_field->tiling.size());
    m_field->tiling.each(m_cells, [&](std::size_t tile) {
        if (m_ground.starts().near(tile) && !known(TravelPhase::times, tile))
            due.activate(tile, m_ground.starts().earliest(tile));
    });
    look_around(m_borders, due);
    due.run([&](std::size_t tile) {
        const PagedTiles::Pin ground = m_ground.pin(tile), block(m_field->minutes, tile, true);
        float* minutes = block.as<float>();
        std::vector<Arrival> arrivals = std::exchange(m_left[tile], {});
        const auto arrived = [&](std::uint32_t i) { arrivals.push_back({i, minutes[i]}); };
        if (ground.fresh()) {
            m_ground.open(tile, ground.as<float>(), minutes);
            if (restore(TravelPhase::times, tile, minutes, m_borders))
                m_settled[tile] = rounds::latest(minutes, m_field->tiling.cells());
            else
                each_reached(minutes, m_field->tiling.cells(), arrived);
        }
        m_borders.take(tile, minutes, arrived);
        if (arrivals.empty())
            return;
        const float later = spread_times<Rule>(tile, patch(tile, minutes, ground.as<float>()), arrivals);
        m_borders.show(tile, minutes, [&](std::size_t other, float least) {
            if (mine(other))
                due.activate(other, least);
        });
        due.activate(tile, later);
        tell_of_reached(tile, minutes);
    });
}

// Targets.

// Along the steps that gave the final times, which are the same whatever the order they
// were found in: each cell gets the smallest target that has such a way to it.
template <typename Rule>
void TravelSolver::spread_targets(std::size_t tile, const Patch& patch, std::int32_t* targets, Cells& left) {
    const TileRoads* roads = m_ground.roads(tile);
    rounds::SmallerTarget smaller{patch.minutes, targets, 0, 0, left};
    for (std::size_t done = 0; done < left.size(); ++done) {
        const std::uint32_t i = left[done];
        smaller.asked = i;
        smaller.now = patch.minutes[i];
        Rule::from(patch, i, smaller);
        if (roads)
            for (const TileRoads::Step& step : roads->from(i))
                smaller.offer(step.to, patch.minutes[i] + step.minutes, i);
    }
}

template <typename Rule>
void TravelSolver::find_targets() {
    TileQueue due(m_field->tiling.size());
    Frames<std::int32_t> borders(m_field->tiling);
    m_field->tiling.each(m_cells, [&](std::size_t tile) {
        if (m_part ? m_ground.starts().near(tile) && !known(TravelPhase::targets, tile) : !m_ground.begun(tile).empty())
            due.activate(tile, 0);
    });
    look_around(borders, due);
    due.run([&](std::size_t tile) {
        m_options.course.check();
        const PagedTiles::Pin ground = m_ground.pin(tile), times(m_field->minutes, tile, false),
                              block(*m_field->targets, tile, true);
        auto* targets = block.as<std::int32_t>();
        Cells left;
        if (ground.fresh()) {
            m_ground.open(tile, ground.as<float>(), times.as<float>());
            restore(TravelPhase::times, tile, times.as<float>(), m_borders);
        }
        if (block.fresh() && !restore(TravelPhase::targets, tile, targets, borders)) {
            std::fill_n(targets, m_field->tiling.cells(), TravelTimes::Field::nobody);
            for (const TravelGround::Begun& b : m_ground.begun(tile))
                if (b.minutes == times.as<float>()[b.cell] && b.target < targets[b.cell]) {
                    targets[b.cell] = b.target;
                    left.push_back(b.cell);
                }
        }
        borders.take(tile, targets, [&](std::uint32_t i) { left.push_back(i); });
        spread_targets<Rule>(tile, patch(tile, times.as<float>(), ground.as<float>()), targets, left);
        borders.show(tile, targets, [&](std::size_t other, std::int32_t) {
            if (mine(other))
                due.activate(other, 0);
        });
    });
}

// Beyond the limit.

template <typename Reach>
void TravelSolver::spread_beyond(std::size_t tile, const Patch& patch, Cells& left) {
    constexpr float beyond = TravelTimes::Field::beyond;
    const TileRoads* roads = m_ground.roads(tile);
    const auto reach = [&](std::uint32_t j) {
        if (patch.minutes[j] < unreached)
            return;
        patch.minutes[j] = beyond;
        left.push_back(j);
    };
    while (!left.empty()) {
        const std::uint32_t i = left.back();
        left.pop_back();
        if (patch.slowness[i] < unreached)
            Reach::each_reached(patch, i, reach);
        if (roads)
            for (const TileRoads::Step& step : roads->from(i))
                reach(step.to);
    }
}

// Starts that are themselves beyond the limit.
inline void reach_late_starts(std::span<const TravelGround::Begun> begun, float* minutes) {
    for (const TravelGround::Begun& b : begun)
        minutes[b.cell] = std::min(minutes[b.cell], TravelTimes::Field::beyond);
}

template <typename Reach>
void TravelSolver::find_beyond() {
    TileQueue due(m_field->tiling.size());
    std::vector<char> seen(m_field->tiling.size(), false);
    m_field->tiling.each(m_cells, [&](std::size_t tile) {
        if (m_part ? known(TravelPhase::times, tile) && !known(TravelPhase::beyond, tile) : m_field->minutes.has(tile))
            due.activate(tile, 0);
    });
    look_around(m_borders, due);
    due.run([&](std::size_t tile) {
        m_options.course.check();
        const PagedTiles::Pin ground = m_ground.pin(tile), block(m_field->minutes, tile, true);
        float* minutes = block.as<float>();
        Cells left;
        if (ground.fresh()) {
            m_ground.open(tile, ground.as<float>(), minutes);
            seen[tile] = restore(TravelPhase::beyond, tile, minutes, m_borders);
            if (!seen[tile])
                restore(TravelPhase::times, tile, minutes, m_borders);
        }
        if (!std::exchange(seen[tile], true)) {
            reach_late_starts(m_ground.begun(tile), minutes);
            each_reached(minutes, m_field->tiling.cells(), [&](std::uint32_t i) { left.push_back(i); });
        }
        m_borders.take(tile, minutes, [&](std::uint32_t i) { left.push_back(i); });
        spread_beyond<Reach>(tile, patch(tile, minutes, ground.as<float>()), left);
        m_borders.show(tile, minutes, [&](std::size_t other, float) {
            if (mine(other))
                due.activate(other, 0);
        });
    });
}

} // namespace zonerank::rasters
