// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_regions.hpp"

#include "rasters/core/error.hpp"
#include "rasters/solved/content_hash.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <utility>

namespace zonerank::rasters {

namespace fs = std::filesystem;

// What all processes have to agree on.
static std::uint64_t key_of(const Grid& g, const TravelOptions& o, std::string_view key, int tiles_a_side) {
    const std::string all =
        fmt::format("{} {} {} {} {} {} {} {}|{} {} {} {} {} {} {}|{} {}|{}", g.cell, g.west, g.north, g.cols, g.rows,
                    g.anchor.x, g.anchor.y, g.crs, static_cast<int>(o.method), o.limit_minutes, o.exact_start_cells,
                    o.cut_corners, o.relief != nullptr, o.find_targets, o.tell_beyond, o.tile_cells, tiles_a_side, key);
    return content_hash(std::as_bytes(std::span(all)));
}

static std::vector<TravelPhase> phases_of(const TravelOptions& options) {
    std::vector phases{TravelPhase::times};
    if (options.find_targets)
        phases.push_back(TravelPhase::targets);
    if (options.tell_beyond && std::isfinite(options.limit_minutes))
        phases.push_back(TravelPhase::beyond);
    return phases;
}

TravelRegions::TravelRegions(const Grid& grid, const TravelOptions& options, std::string_view key, int tiles_a_side)
    : m_layout(grid, options.tile_cells, tiles_a_side), m_key(key_of(grid, options, key, tiles_a_side)),
      m_phases(phases_of(options)) {}

// Each region as a cell.
TravelRegions::TravelRegions(const RegionStamps& stamps)
    : m_layout({"", 1, 0, 0, static_cast<int>(stamps.across), static_cast<int>(stamps.down), {}}, 1, 1),
      m_key(stamps.key) {
    for (const TravelPhase phase : {TravelPhase::times, TravelPhase::targets, TravelPhase::beyond})
        if ((stamps.phases >> static_cast<std::uint64_t>(phase) & 1) != 0)
            m_phases.push_back(phase);
}

fs::path TravelRegions::path(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    constexpr const char* names[] = {"times", "targets", "beyond"};
    return folder / fmt::format("{}-{:04}", names[static_cast<std::size_t>(phase)], region);
}

// It can be opened, but is no whole file.
static bool is_damaged(const fs::path& file) {
    if (!std::ifstream(file).is_open())
        return false;
    try {
        BlockFileIn whole(file);
        return false;
    } catch (const Error&) {
        return true;
    }
}

// What a power cut has left half is none: the region is due again.
TravelRegions::File TravelRegions::open(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    const fs::path file = path(folder, phase, region);
    try {
        return RegionFile::open(file, m_key, phase, region);
    } catch (const Error&) {
        if (!is_damaged(file))
            throw;
        drop(folder, phase, region);
        return nullptr;
    }
}

// A file, if the times that it was found from are still those of the region.
TravelRegions::File TravelRegions::standing(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    File file = open(folder, phase, region);
    if (phase == TravelPhase::times || !file)
        return file;
    const File times = open(folder, TravelPhase::times, region);
    return times && times->hash() == file->stamps().times ? file : nullptr;
}

// What is due.

bool TravelRegions::is_due(std::size_t region, TravelPhase phase, const fs::path& folder, Known& known) const {
    const auto stamps = [&](std::size_t i) -> const std::optional<RegionStamps>& {
        const auto [found, first] = known.try_emplace(i);
        if (const File file = first ? standing(folder, phase, i) : nullptr)
            found->second = file->stamps();
        return found->second;
    };
    const std::optional<RegionStamps> own = stamps(region);
    if (!own)
        return true;
    for (std::size_t place = 0; place < 9; ++place) {
        const std::size_t other = m_layout.neighbour(region, place);
        const bool there = place != 4 && other < size() && stamps(other);
        if (own->seen[place] != (there ? stamps(other)->shown[8 - place] : 0))
            return true;
    }
    return false;
}

std::vector<std::size_t> TravelRegions::due(const fs::path& folder, TravelPhase phase) const {
    Known known;
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < size(); ++i)
        if (is_due(i, phase, folder, known))
            due.push_back(i);
    return due;
}

std::vector<std::size_t> TravelRegions::due(const fs::path& folder) const {
    for (const TravelPhase phase : m_phases)
        if (std::vector<std::size_t> now = due(folder, phase); !now.empty())
            return now;
    return {};
}

std::vector<std::size_t> TravelRegions::due_of(const fs::path& folder, std::size_t regions) {
    const TravelRegions any(RegionStamps{});
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < regions; ++i) {
        all.push_back(i);
        if (const File file = any.open(folder, TravelPhase::times, i)) {
            const RegionStamps& stamps = file->stamps();
            if (stamps.across * stamps.down != regions)
                throw Error("{}: of another field, or another region of it; remove it",
                            any.path(folder, TravelPhase::times, i).string());
            return TravelRegions(stamps).due(folder);
        }
    }
    return all;
}

// All regions are looked at only to know that a phase is over.
std::optional<TravelPhase> TravelRegions::phase_of(const fs::path& folder, std::size_t region) const {
    for (const TravelPhase phase : m_phases) {
        Known known;
        if (is_due(region, phase, folder, known))
            return phase;
        if (phase != m_phases.back() && !due(folder, phase).empty())
            return std::nullopt;
    }
    return std::nullopt;
}

// Solving.

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
static bool is_readable(const RegionFile& file, const Window& region, const Tiling& tiles, bool all) {
    try {
        static_cast<void>(file.edges(FrameSlots::count(region)));
        tiles.each(all ? region : Window{}, [&](std::size_t tile) {
            if (file.has(tile))
                static_cast<void>(file.packed(tile));
        });
        return true;
    } catch (const Error&) {
        return false;
    }
}

void TravelRegions::drop_damaged(const fs::path& folder, std::size_t region) const {
    for (std::size_t place = 0; place < 9; ++place) {
        const std::size_t other = m_layout.neighbour(region, place);
        for (const TravelPhase phase : m_phases)
            if (const File file = other == size() ? nullptr : open(folder, phase, other))
                if (!is_readable(*file, window(other), m_layout.tiles, other == region))
                    drop(folder, phase, other);
    }
}

void TravelRegions::drop(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    std::error_code ignored; // another has removed it
    fs::remove(path(folder, phase, region), ignored);
}

void TravelRegions::solve(std::size_t region, const fs::path& folder, const Slowness& slowness,
                          std::span<const TravelStart> starts, std::span<const RoadStep> roads,
                          const TravelOptions& options) const {
    const std::optional<TravelPhase> phase = phase_of(folder, region);
    if (!phase)
        return;
    try {
        solve(begun(folder, *phase, region), folder, slowness, starts, roads, options);
    } catch (const Error&) {
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
