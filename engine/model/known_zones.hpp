// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/validation.hpp"
#include "engine/model/model.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/zonal/zonal.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A zone of which it is known how it did.
struct KnownZone {
    std::string name;
    bool good = true;
    rasters::Shape shape{}; ///< on the map: polygons, or points; in the grid's CRS
    std::size_t site = 0;   ///< of the sites: which candidate
};

/// The known zones of a study: ground of their own on the map, or candidate sites.
struct KnownZones {
    bool on_map = false;
    std::vector<KnownZone> zones; ///< the good ones first
};

/// Finds them. Throws Error, with its place, for a line, a name that is no site's (with
/// the nearest), a source without a feature, a zone that is good and bad, and when no good
/// zone meets the area.
KnownZones known_zones(const Study& study, const layers::Sources& sources, const Territory& territory);

/// What the map says at the known zones and everywhere else; sums that have no order.
struct MapScores {
    explicit MapScores(std::size_t zones) : at_zones(zones) {}

    struct AtZone {
        rasters::ExactSum score;                ///< over usable cells, by their coverage; of a point its cell's
        std::array<std::int64_t, 5> by_state{}; ///< weight by State
    };

    /// Adds the cells of one evaluated window. Whole cells count, as on the map: a cell's
    /// state is its centre's.
    void add(const Model& model, const Evaluation& evaluation, std::span<const KnownZone> zones, double cut);
    void add(const MapScores& other);

    void put(rasters::ArchiveOut& out) const;
    void take(rasters::ArchiveIn& in); ///< adds what others have put; throws Error for a damaged file

    ScoreHistogram cells;         ///< of the map's usable cells
    std::int64_t above = 0;       ///< of them, whose score reaches the cut
    std::vector<AtZone> at_zones; ///< one per zone
};

} // namespace zonerank::engine
