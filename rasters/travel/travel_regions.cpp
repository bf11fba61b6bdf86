// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/travel_regions.hpp"

#include "rasters/core/error.hpp"
#include "rasters/solved/content_hash.hpp"

#include <cmath>

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

// What a power cut has left half is none: the region is due again. What can't be read just now may be whole.
TravelRegions::File TravelRegions::open(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    try {
        return RegionFile::open(path(folder, phase, region), m_key, phase, region);
    } catch (const Damaged&) {
        drop(folder, phase, region);
        return nullptr;
    }
}

void TravelRegions::drop(const fs::path& folder, TravelPhase phase, std::size_t region) const {
    std::error_code ignored; // another has removed it
    fs::remove(path(folder, phase, region), ignored);
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

} // namespace zonerank::rasters
