// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/relief_ground.hpp"
#include "rasters/travel/road_index.hpp"
#include "rasters/travel/spreading.hpp"
#include "rasters/travel/start_rays.hpp"
#include "rasters/travel/start_seams.hpp"
#include "rasters/travel/travel_time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// What a tile of a solver begins with: its ground, and the times of starts near it.
/// Safe from several threads, for one tile by one at a time.
class TravelGround {
public:
    /// A time that a start has at a cell of a tile's block.
    struct Begun {
        std::uint32_t cell;
        float minutes;
        std::int32_t target;
    };

    /// References are kept. `memory`: of the ground, in bytes.
    TravelGround(const Grid& grid, const Tiling& tiling, const Slowness& slowness, std::span<const TravelStart> starts,
                 std::span<const RoadStep> roads, const TravelOptions& options, std::uint64_t memory);

    /// The tile's block: float, minutes per side of a cell; infinite where nothing
    /// crosses; and the elevations behind it, if there is a relief. To be opened if it is fresh.
    PagedTiles::Pin pin(std::size_t tile) { return {m_blocks, tile, !m_blocks.has(tile)}; }
    void pin(std::optional<PagedTiles::Pin>& pinned, std::size_t tile) { pinned.emplace(m_blocks, tile, false); }
    /// Asks for the ground, and sets the minutes where starts are near, up to the
    /// limit; elsewhere to unreached.
    void open(std::size_t tile, float* slowness, float* minutes);

    const StartIndex& starts() const { return m_starts; }
    /// With steps around barriers' corners, of a tile that has been opened; null without any.
    const TileRoads* roads(std::size_t tile) const { return m_roads.of(tile); }
    const std::uint64_t* seams(std::size_t tile) const {
        return m_seams[tile].empty() ? nullptr : m_seams[tile].data();
    }
    Slopes slopes(std::size_t tile, const float* slowness) const {
        return m_relief ? m_relief->slopes(tile, slowness + m_tiling.cells()) : Slopes{};
    }
    float pace(std::size_t tile) const { return m_pace[tile]; } ///< mean of what can be crossed; above 0

    /// The starts' times that are the least at their cells, or beyond the limit; kept
    /// only if there is a limit, or targets are asked for.
    std::span<const Begun> begun(std::size_t tile) const { return m_begun[tile]; }

private:
    Tile around(std::size_t tile) const;
    void lay_out(std::size_t tile, const Tile& around, float* slowness);
    std::vector<TileRoads::Start> corners(std::size_t tile, const float* slowness) const;
    void begin(std::size_t tile, const Tile& around, const ReliefRays* rays, float* minutes);

    const Grid& m_grid;
    const Tiling& m_tiling;
    const Slowness& m_slowness;
    const TravelOptions& m_options;
    StartIndex m_starts;
    StartSeams m_start_seams;
    RoadIndex m_roads;
    PagedTiles m_blocks;
    std::vector<float> m_pace;
    std::vector<std::vector<Begun>> m_begun;
    std::vector<StartSeams::Bits> m_seams;
    std::optional<ReliefGround> m_relief;
};

} // namespace zonerank::rasters
