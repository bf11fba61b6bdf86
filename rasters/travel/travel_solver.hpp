// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/bucket_queue.hpp"
#include "rasters/travel/frames.hpp"
#include "rasters/travel/paged_tiles.hpp"
#include "rasters/travel/spreading.hpp"
#include "rasters/travel/tile_queue.hpp"
#include "rasters/travel/travel_ground.hpp"
#include "rasters/travel/travel_time.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// What a solve leaves: blocks as TileLayout lays them out, of the tiles that travel
/// came to.
struct TravelTimes::Field {
    static constexpr float beyond = std::numeric_limits<float>::max(); ///< the limit, for a way there is
    static constexpr std::int32_t nobody = std::numeric_limits<std::int32_t>::max();

    Field(const Grid& grid, const TravelOptions& options);

    Tiling tiling;
    mutable PagedTiles minutes;                  ///< float; infinite where nothing came
    mutable std::unique_ptr<PagedTiles> targets; ///< int32, or null
};

/// What a solver finds one after the other.
enum class TravelPhase { times, targets, beyond };

/// Tiles that are solved by themselves, for one phase, from how they were left and from
/// what the cells around them are seen to have. Values are float, of targets int32.
struct TravelPart {
    struct Seen {
        Cell cell;           ///< of the grid, at most TileLayout::halo beyond `cells`
        std::uint32_t value; ///< its bits
        bool news;           ///< less than what was seen before
    };

    TravelPhase phase;
    Window cells; ///< of whole tiles
    std::vector<Seen> around;
    /// Whether a tile has been left with values of a phase; from any thread, as is the next.
    std::function<bool(TravelPhase, std::size_t tile)> knows;
    /// Lays these values out in the tile's block, with its halo; false where there are none.
    std::function<bool(TravelPhase, std::size_t tile, std::uint32_t* block)> restore;
};

/// Solves in up to three rounds over the tiles, each of which ends when no tile has
/// anything new to see at a neighbour's border: times, the targets they come from, and
/// what a way leads to beyond the limit.
class TravelSolver {
public:
    /// References are kept. With a `part` it is that alone that is solved, and starts and roads
    /// elsewhere needn't be told of.
    TravelSolver(const Grid& grid, const Slowness& slowness, std::span<const TravelStart> starts,
                 std::span<const RoadStep> roads, const TravelOptions& options, const TravelPart* part = nullptr);

    /// Of a part, the tiles that something came to; others are as they were left.
    std::shared_ptr<const TravelTimes::Field> solve();
    TravelGround& ground() { return m_ground; } ///< what the field stands on

private:
    using Cells = std::vector<std::uint32_t>;

    template <template <bool between, bool knights> typename Rule>
    void solve_with();
    template <typename Rule>
    void solve_by();
    template <typename Rule>
    void find_times();
    template <typename Rule>
    float spread_times(std::size_t tile, const Patch& patch, std::span<const Arrival> arrivals);
    template <typename Rule>
    void find_targets();
    template <typename Rule>
    void spread_targets(std::size_t tile, const Patch& patch, std::int32_t* targets, Cells& left);
    template <typename Reach>
    void find_beyond();
    template <typename Reach>
    void spread_beyond(std::size_t tile, const Patch& patch, Cells& left);
    Patch patch(std::size_t tile, float* minutes, const float* slowness) const {
        return {minutes, slowness, m_options.cut_corners, m_ground.seams(tile), m_ground.slopes(tile, slowness)};
    }

    void tell_of_reached(std::size_t tile, const float* minutes);

    bool finds(TravelPhase phase) const; ///< whether it is asked for
    bool mine(std::size_t tile) const { return m_cells.contains(first_cell(tile)); }
    Cell first_cell(std::size_t tile) const {
        const Window w = m_field->tiling.window(tile);
        return {w.col, w.row};
    }
    bool known(TravelPhase phase, std::size_t tile) const { return m_part && m_part->knows(phase, tile); }
    template <typename T>
    void look_around(Frames<T>& borders, TileQueue& due) const;
    template <typename T>
    bool restore(TravelPhase phase, std::size_t tile, T* block, Frames<T>& borders) const;

    const TravelOptions& m_options;
    const TravelPart* m_part;
    Window m_cells; ///< that are solved
    std::shared_ptr<TravelTimes::Field> m_field;
    Advance m_advance;
    std::vector<int> m_reached; ///< cells of each tile
    TravelGround m_ground;
    Frames<float> m_borders;
    std::vector<std::vector<Arrival>> m_left; ///< of each tile, for its next turn
    std::vector<float> m_settled;             ///< the latest cell of each that others were asked from
};

} // namespace zonerank::rasters
