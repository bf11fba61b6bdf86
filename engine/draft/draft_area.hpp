// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/roles.hpp"
#include "engine/draft/wishes.hpp"

#include <span>
#include <string>

namespace zonerank::engine {

/// What a draft takes as the study's area.
struct DraftArea {
    std::optional<NamedLayer> source; ///< polygons of a file
    bool around_sites = false;        ///< 20 km around them
    rasters::Box lonlat;              ///< in degrees, all of it
    rasters::Shape outline;           ///< polygons in degrees; empty for a box
    std::string why;                  ///< in one line
};

inline constexpr double around_sites_buffer = 20'000; ///< metres

/// As wished; else a layer that looks like a study area; else 20 km around the
/// sites that are wished; else where the roads (or the layer with most features) reach, as far as
/// the rasters that are used do. Throws Error when nothing says where, when of data with
/// a known place none lie there, or the source can't be read or has no polygon (for a `where`, with the value nearest
/// to the one in it).
DraftArea draft_area(const Wishes& wishes, std::span<const Guess> guesses, const FoundData& data,
                     const rasters::Access& access);

/// A round cell, metres, with which a box in degrees has nearly `cells` of them.
double round_cell(const rasters::Box& lonlat, double cells);
/// How many cells of this side a box has.
double cells_in(const rasters::Box& lonlat, double cell);

} // namespace zonerank::engine
