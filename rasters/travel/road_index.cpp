// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_index.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

static constexpr std::size_t words = TileLayout::stride * TileLayout::stride / 64;

TileRoads::TileRoads(std::vector<Start> steps) : m_bits(words), m_before(words) {
    std::ranges::sort(steps, {}, [](const Start& s) { return std::tuple(s.from, s.step.to, s.step.minutes); });
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i == 0 || steps[i].from != steps[i - 1].from)
            m_first.push_back(static_cast<std::uint32_t>(i));
        m_bits[steps[i].from / 64] |= std::uint64_t{1} << (steps[i].from % 64);
        m_steps.push_back(steps[i].step);
    }
    m_first.push_back(static_cast<std::uint32_t>(steps.size()));
    for (std::size_t i = 1; i < words; ++i)
        m_before[i] = m_before[i - 1] + static_cast<std::uint32_t>(std::popcount(m_bits[i - 1]));
}

static void check(const Window& grid, const RoadStep& s) {
    if (!grid.contains(s.from) || !grid.contains(s.to))
        throw Error("a road step leads out of the grid");
    if (std::abs(s.from.col - s.to.col) > 1 || std::abs(s.from.row - s.to.row) > 1)
        throw Error("a road step leads to a cell that doesn't touch the one it comes from");
    if (!(s.minutes >= 0 && std::isfinite(s.minutes)))
        throw Error("a road step takes {} minutes; it has to be 0 or more", s.minutes);
}

static std::uint32_t in_block(const Window& tile, Cell c) {
    return TileLayout::at(c.col - tile.col, c.row - tile.row);
}

RoadIndex::RoadIndex(const Tiling& tiling, std::span<const RoadStep> steps)
    : m_steps(tiling.size()), m_tiles(tiling.size()) {
    const auto add_to = [&](std::size_t tile, const Window& w, Cell from, Cell to, float minutes) {
        m_steps[tile].push_back({in_block(w, from), {in_block(w, to), minutes}});
    };
    std::size_t own = 0; // most steps lie in the tile of the one before, and in no other's halo
    Window inside = tiling.window(own), alone = inside.grown(-TileLayout::halo);
    const auto add = [&](Cell from, Cell to, float minutes) {
        if (!inside.contains(from)) {
            own = tiling.of(from);
            inside = tiling.window(own);
            alone = inside.grown(-TileLayout::halo);
        }
        if (alone.contains(from))
            return add_to(own, inside, from, to, minutes);
        tiling.each(Window{from.col, from.row, 1, 1}.grown(TileLayout::halo), [&](std::size_t tile) {
            if (const Window w = tiling.window(tile); w.grown(TileLayout::halo).contains(to))
                add_to(tile, w, from, to, minutes);
        });
    };
    for (const RoadStep& s : steps) {
        check(tiling.window(), s);
        add(s.from, s.to, s.minutes);
        if (!s.one_way)
            add(s.to, s.from, s.minutes);
    }
}

void RoadIndex::open(std::size_t tile, std::span<const TileRoads::Start> more) {
    std::vector<TileRoads::Start> steps = std::exchange(m_steps[tile], {});
    steps.insert(steps.end(), more.begin(), more.end());
    if (!steps.empty())
        m_tiles[tile] = std::make_unique<const TileRoads>(std::move(steps));
}

} // namespace zonerank::rasters
