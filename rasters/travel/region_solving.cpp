// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/error.hpp"
#include "rasters/solved/content_hash.hpp"
#include "rasters/travel/travel_regions.hpp"

#include <algorithm>
#include <utility>

// A region that is due, solved from what its neighbours show.

namespace zonerank::rasters {

namespace fs = std::filesystem;

/// A region while it is solved.
struct TravelRegions::Work {
    std::size_t region;
    TravelPhase phase;
    std::uint64_t found; ///< hash of the file that there was; 0: none
    File before, times;  ///< of this phase, if what it stands on is still so; of a later phase: its times
    RegionStamps stamps{};
    std::vector<Cell> cells{};          ///< around it
    std::vector<std::uint32_t> seen{};  ///< their values now
    std::vector<std::uint32_t> known{}; ///< and as its tiles were left with them; empty: with nothing
};

std::uint64_t TravelRegions::shown_to(std::size_t region, std::size_t place, TravelPhase phase,
                                      std::span<const std::uint32_t> edges) const {
    const Window w = m_layout.regions.window(region);
    std::vector<std::uint32_t> shown;
    bool any = false;
    FrameSlots::each_cell(m_layout.shown(region, place), [&](Cell c) {
        shown.push_back(edges[FrameSlots::of(w, c)]);
        any |= shown.back() != nothing_of(phase);
    });
    return any ? content_hash(std::as_bytes(std::span(shown))) : 0;
}

TravelRegions::Work TravelRegions::begun(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    Work work{.region = region, .phase = phase, .found = 0, .before = open(folder, phase, region), .times = {}};
    work.found = work.before ? work.before->hash() : 0;
    const auto across = static_cast<std::uint64_t>(m_layout.regions.across());
    work.stamps = {.key = m_key, .phase = static_cast<std::uint64_t>(phase), .region = region, .across = across};
    work.stamps.down = size() / across;
    for (const TravelPhase each : m_phases)
        work.stamps.phases |= std::uint64_t{1} << static_cast<std::uint64_t>(each);
    if (phase != TravelPhase::times) {
        work.times = open(folder, TravelPhase::times, region);
        work.stamps.times = work.times ? work.times->hash() : 0;
        if (work.before && work.before->stamps().times != work.stamps.times)
            work.before = nullptr;
    }
    work.cells = m_layout.around(region);
    if (work.before || (phase == TravelPhase::beyond && work.times))
        work.known = (work.before ? work.before : work.times)->seen(work.cells.size());
    look_around(folder, work);
    return work;
}

// Stamps are those of the very files that are read: they may be replaced at any moment.
void TravelRegions::look_around(const fs::path& folder, Work& work) const {
    std::map<std::size_t, std::vector<std::uint32_t>> edges;
    for (std::size_t place = 0; place < 9; ++place) {
        const std::size_t other = m_layout.neighbour(work.region, place);
        if (const File file = place == 4 || other == size() ? nullptr : standing(folder, work.phase, other)) {
            edges[other] = file->edges(FrameSlots::count(window(other)));
            work.stamps.seen[place] = file->stamps().shown[8 - place];
        }
    }
    for (const Cell cell : work.cells) {
        const std::size_t other = m_layout.regions.of(cell);
        const auto found = edges.find(other);
        work.seen.push_back(found == edges.end() ? nothing_of(work.phase)
                                                 : found->second[FrameSlots::of(window(other), cell)]);
    }
}

TravelPart TravelRegions::part_of(const Work& work) const {
    const std::uint32_t nothing = nothing_of(work.phase);
    TravelPart part{.phase = work.phase, .cells = window(work.region), .around = {}, .knows = {}, .restore = {}};
    for (std::size_t i = 0; i < work.cells.size(); ++i)
        if (work.seen[i] != nothing)
            part.around.push_back(
                {work.cells[i], work.seen[i], work.seen[i] < (work.known.empty() ? nothing : work.known[i])});
    const auto file = [&work](TravelPhase phase) {
        return phase == work.phase ? work.before.get() : phase == TravelPhase::times ? work.times.get() : nullptr;
    };
    part.knows = [file](TravelPhase phase, std::size_t tile) { return file(phase) && file(phase)->has(tile); };
    part.restore = [file, this](TravelPhase phase, std::size_t tile, std::uint32_t* block) {
        if (!file(phase) || !file(phase)->has(tile))
            return false;
        file(phase)->restore(m_layout.tiles, tile, block);
        return true;
    };
    return part;
}

std::vector<std::uint32_t> TravelRegions::edges_of(const Work& work, PagedTiles& tiles) const {
    const Window w = window(work.region);
    std::vector<std::uint32_t> edges(FrameSlots::count(w), nothing_of(work.phase));
    if (work.before)
        edges = work.before->edges(edges.size());
    std::optional<PagedTiles::Pin> pin;
    std::size_t pinned = m_layout.tiles.size();
    FrameSlots::each(w, [&](Cell c) {
        const std::size_t tile = m_layout.tiles.of(c);
        if (!tiles.has(tile))
            return;
        if (std::exchange(pinned, tile) != tile)
            pin.emplace(tiles, tile, false);
        const Window t = m_layout.tiles.window(tile);
        edges[FrameSlots::of(w, c)] = pin->as<const std::uint32_t>()[TileLayout::at(c.col - t.col, c.row - t.row)];
    });
    return edges;
}

// The most that any tile has of a cell around: what is less is news. Those that nothing came to have as before.
std::vector<std::uint32_t> TravelRegions::known_around(const Work& work, PagedTiles& tiles) const {
    const Window own = window(work.region);
    std::vector<std::uint32_t> known(work.cells.size(), 0);
    for (std::size_t i = 0; i < known.size(); ++i) {
        const Cell c = work.cells[i];
        const std::uint32_t before = work.known.empty() ? nothing_of(work.phase) : work.known[i];
        m_layout.tiles.each(
            intersection(Window{c.col, c.row, 1, 1}.grown(TileLayout::halo), own), [&](std::size_t tile) {
                if (!tiles.has(tile))
                    return void(known[i] = std::max(known[i], before));
                const PagedTiles::Pin pin(tiles, tile, false);
                const Window t = m_layout.tiles.window(tile);
                known[i] =
                    std::max(known[i], pin.as<const std::uint32_t>()[TileLayout::at(c.col - t.col, c.row - t.row)]);
            });
    }
    return known;
}

// But not over what another has found meanwhile, who may have known more.
void TravelRegions::keep(const fs::path& folder, const Work& work, const TravelTimes::Field& field) const {
    PagedTiles& tiles = work.phase == TravelPhase::targets ? *field.targets : field.minutes;
    RegionValues values{.tiles = {}, .packed = {}, .edges = edges_of(work, tiles), .seen = known_around(work, tiles)};
    m_layout.tiles.each(window(work.region), [&](std::size_t tile) {
        if (tiles.has(tile) || (work.before && work.before->has(tile)))
            values.tiles.push_back(tile);
    });
    values.packed = [&](std::size_t tile) {
        if (!tiles.has(tile))
            return work.before->packed(tile);
        const PagedTiles::Pin pin(tiles, tile, false);
        return pack_tile(m_layout.tiles, pin.as<const std::uint32_t>());
    };
    RegionStamps stamps = work.stamps;
    for (std::size_t place = 0; place < 9; ++place)
        if (place != 4 && m_layout.neighbour(work.region, place) < size())
            stamps.shown[place] = shown_to(work.region, place, work.phase, values.edges);
    if (const File now = open(folder, work.phase, work.region); (now ? now->hash() : 0) == work.found)
        write_region(path(folder, work.phase, work.region), stamps, values);
}

// Rays and seams of starts farther off don't reach it, nor do steps.
static std::vector<TravelStart> starts_near(const Window& cells, std::span<const TravelStart> all, int rays) {
    const Window wide = cells.grown(2 * TileLayout::halo + 2 * std::max(StartSeams::reach, rays));
    std::vector<TravelStart> near;
    std::ranges::copy_if(all, std::back_inserter(near), [&](const TravelStart& s) { return wide.contains(s.cell); });
    return near;
}

static std::vector<RoadStep> roads_near(const Window& cells, std::span<const RoadStep> all) {
    const Window wide = cells.grown(2 * TileLayout::halo);
    std::vector<RoadStep> near;
    std::ranges::copy_if(all, std::back_inserter(near),
                         [&](const RoadStep& s) { return wide.contains(s.from) && wide.contains(s.to); });
    return near;
}

// All of a region's own file is read to solve it, of others what they show.
static bool is_whole(const RegionFile& file, const Window& region, const Tiling& tiles, bool all) {
    try {
        static_cast<void>(file.edges(FrameSlots::count(region)));
        tiles.each(all ? region : Window{}, [&](std::size_t tile) {
            if (file.has(tile))
                static_cast<void>(file.packed(tile));
        });
        return true;
    } catch (const Damaged&) {
        return false;
    }
}

void TravelRegions::drop_damaged(const fs::path& folder, std::size_t region) const {
    for (std::size_t place = 0; place < 9; ++place) {
        const std::size_t other = m_layout.neighbour(region, place);
        for (const TravelPhase phase : m_phases)
            if (const File file = other == size() ? nullptr : open(folder, phase, other))
                if (!is_whole(*file, window(other), m_layout.tiles, other == region))
                    drop(folder, phase, other);
    }
}

void TravelRegions::solve(std::size_t region, const fs::path& folder, const Slowness& slowness,
                          std::span<const TravelStart> starts, std::span<const RoadStep> roads,
                          const TravelOptions& options) const {
    const std::optional<TravelPhase> phase = phase_of(folder, region);
    if (!phase)
        return;
    try {
        solve(begun(folder, *phase, region), folder, slowness, starts, roads, options);
    } catch (const Damaged&) {
        drop_damaged(folder, region);
        throw;
    }
}

void TravelRegions::solve(const Work& work, const fs::path& folder, const Slowness& slowness,
                          std::span<const TravelStart> starts, std::span<const RoadStep> roads,
                          const TravelOptions& options) const {
    const TravelPart part = part_of(work);
    TravelOptions now = options;
    now.find_targets = work.phase == TravelPhase::targets;
    now.kept = now.memory;
    TravelSolver solver(m_layout.grid, slowness, starts_near(part.cells, starts, now.exact_start_cells),
                        roads_near(part.cells, roads), now, &part);
    keep(folder, work, *solver.solve());
}

} // namespace zonerank::rasters
