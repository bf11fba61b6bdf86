// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/graph.hpp"
#include "engine/plan/plan_folder.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/core/grid.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What the tiles of a map add up to, in whatever order and parts they are added.
class TileSum {
public:
    virtual ~TileSum() = default;

    /// Tiles don't overlap. Safe from several threads.
    virtual void add(rasters::Window tile) = 0;

    /// All that was added, once nothing is added any more: tiles of a block.
    virtual void put(rasters::ArchiveOut& archive, const rasters::Window& block) = 0;
    /// Adds what another has put. From one thread at a time, while others add tiles.
    virtual void take(rasters::ArchiveIn& archive) = 0;
};

/// Units that are kept on the disk: of which plan, and where.
struct KeptUnits {
    Plan plan;
    PlanFolder folder;
    bool only = false;             ///< what isn't there is not done, but missed: "is not done yet"
    std::function<void()> check{}; ///< before a unit is kept; throws Error where it must not be: an input has changed
    std::function<void()> after{}; ///< after each that is kept
    /// Of one of many processes that need what earlier stages have found. The first of them puts the sum of all blocks
    /// into one file for the others; parts are looked at as they are used, not all beforehand.
    bool is_of_many = false;

    /// Null where the plan has none.
    const PlannedUnit* unit(Stage stage, std::size_t subject, std::size_t block) const;
    /// The same of each of so many blocks.
    std::vector<const PlannedUnit*> units(Stage stage, std::size_t subject, std::size_t blocks) const;
    std::size_t done() const;                  ///< how many
    bool has_regions(std::size_t field) const; ///< whether it is solved by them
    void drop_damaged() const;                 ///< units whose parts are not what was written are not done any more
    void drop_damaged(const PlannedUnit& unit) const; ///< one of them

    /// As PlanFolder::keep(), between check() and after().
    void keep(const PlannedUnit& unit, const std::function<void(const std::filesystem::path&)>& write) const;
};

/// How the tiles of a map are added up.
struct TileUnits {
    std::string kind, name, key;         ///< of the units: see Unit
    double cost = 1;                     ///< of a tile
    std::vector<rasters::Window> blocks; ///< of the map: all of it
    int tile = 512;                      ///< cells to a side
    Stage stage = Stage::score;          ///< of the plan's units, as subject is
    std::size_t subject = 0;
    std::function<bool(rasters::Window)> asks_for{};      ///< whether a tile has anything to add; null: all have
    std::function<std::shared_ptr<TileSum>()> of_block{}; ///< an empty sum, for the tiles of a block
};

/// Adds units that add all tiles up in `all`. Of blocks that are kept the tiles are added up by themselves
/// and put on the disk first; what is there already is taken from there. The last units to wait for.
std::vector<std::size_t> add_tiles(Graph& graph, const TileUnits& units, TileSum& all, const KeptUnits* kept,
                                   const std::vector<std::size_t>& after);

/// Adds units that put one of the plan's blocks on the disk.
void add_block(Graph& graph, const TileUnits& units, const PlannedUnit& unit, const KeptUnits& kept,
               const std::vector<std::size_t>& after);

} // namespace zonerank::engine
