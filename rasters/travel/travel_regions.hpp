// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/solved/stored_raster.hpp"
#include "rasters/travel/region_file.hpp"
#include "rasters/travel/travel_time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace zonerank::rasters {

/// Travel times solved by regions, squares of tiles of the solver, in whatever processes: a
/// folder that all of them see has a file of each region and phase (times; then targets, or
/// what is beyond the limit). A region is due when it has no file, or a neighbour shows
/// something else than it has seen, or, for later phases, when its times have changed. All
/// that are due may be solved at once, in any order and twice; a file is replaced by a
/// rename, so whoever ends at any moment leaves what was there, or all of what it found.
/// Who finds at the end that another has solved the region meanwhile leaves that; should one
/// write from an older state after all, its region is due again.
///
/// Values only fall from infinity to the one solution that there is, whatever the order
/// (see Spreading): when nothing is due it is that of travel_times(), to the last bit. Safe
/// from any thread.
class TravelRegions {
public:
    static constexpr int usual_tiles = 16; ///< to a side: 3968 cells

    /// `key` tells fields apart that share a folder by mistake. Of the options, those that
    /// say what is solved, and tile_cells: all processes take the same.
    TravelRegions(const Grid& grid, const TravelOptions& options, std::string_view key, int tiles_a_side = usual_tiles);

    std::size_t size() const { return m_layout.regions.size(); }
    Window window(std::size_t region) const { return m_layout.regions.window(region); }

    /// In their order; none: all is solved. A file that was not written to its end is removed. Throws Error
    /// naming one of another field.
    std::vector<std::size_t> due(const std::filesystem::path& folder) const;

    /// Solves a region that is due from what the folder has; does nothing where it isn't. The
    /// rest as travel_times(), in the memory that one region takes; starts and roads may be
    /// those of the whole grid. Throws Error as that and due() do, and naming a file that is damaged, which
    /// is removed: its region is due again.
    void solve(std::size_t region, const std::filesystem::path& folder, const Slowness& slowness,
               std::span<const TravelStart> starts, std::span<const RoadStep> roads,
               const TravelOptions& options) const;

    /// What is solved, read as it is asked for, with so many bytes in RAM. Safe from any
    /// thread. Both throw Error naming a file that is damaged, which is removed, or was changed by one who
    /// came late.
    class Times {
    public:
        Tile times(Window window) const;                      ///< as TravelTimes::times()
        Raster<std::int32_t> allocation(Window window) const; ///< as TravelTimes::allocation()

    private:
        friend class TravelRegions;
        struct Kept;
        explicit Times(std::shared_ptr<Kept> kept) : m_kept(std::move(kept)) {}
        std::shared_ptr<Kept> m_kept;
    };
    /// Throws Error naming a file that is missing or damaged.
    Times times(const std::filesystem::path& folder, std::uint64_t memory = std::uint64_t{1} << 26) const;

    /// What is due() of a field of so many regions, as its files tell; without knowing it.
    static std::vector<std::size_t> due_of(const std::filesystem::path& folder, std::size_t regions);

private:
    explicit TravelRegions(const RegionStamps& stamps); ///< for due() alone

    using File = std::shared_ptr<const RegionFile>;
    using Known = std::map<std::size_t, std::optional<RegionStamps>>; ///< of regions that were looked at, in a phase
    struct Work;

    std::filesystem::path path(const std::filesystem::path& folder, TravelPhase phase, std::size_t region) const;
    File open(const std::filesystem::path& folder, TravelPhase phase, std::size_t region) const;
    File standing(const std::filesystem::path& folder, TravelPhase phase, std::size_t region) const;
    bool is_due(std::size_t region, TravelPhase phase, const std::filesystem::path& folder, Known& known) const;
    std::vector<std::size_t> due(const std::filesystem::path& folder, TravelPhase phase) const;
    std::optional<TravelPhase> phase_of(const std::filesystem::path& folder, std::size_t region) const;
    void drop(const std::filesystem::path& folder, TravelPhase phase, std::size_t region) const;
    void drop_damaged(const std::filesystem::path& folder, std::size_t region) const; ///< and around it
    void solve(const Work& work, const std::filesystem::path& folder, const Slowness& slowness,
               std::span<const TravelStart> starts, std::span<const RoadStep> roads,
               const TravelOptions& options) const;
    Work begun(const std::filesystem::path& folder, TravelPhase phase, std::size_t region) const;
    void look_around(const std::filesystem::path& folder, Work& work) const;
    TravelPart part_of(const Work& work) const;
    void keep(const std::filesystem::path& folder, const Work& work, const TravelTimes::Field& field) const;
    std::vector<std::uint32_t> edges_of(const Work& work, PagedTiles& tiles) const;
    std::vector<std::uint32_t> known_around(const Work& work, PagedTiles& tiles) const;
    std::uint64_t shown_to(std::size_t region, std::size_t place, TravelPhase phase,
                           std::span<const std::uint32_t> edges) const;

    RegionLayout m_layout;
    std::uint64_t m_key;
    std::vector<TravelPhase> m_phases;
};

} // namespace zonerank::rasters
