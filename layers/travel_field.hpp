// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "layers/layer.hpp"
#include "rasters/travel/grid_reader.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::layers {

// What measures share that are solved over a study's friction.

/// Throws Error unless the study has a friction.
void need_friction(const Sources& sources, std::string_view measure);

/// What part of a study's grid lies outside the friction's, in words; empty: next to
/// none. Throws ErrorAt when all of it does.
std::string left_outside(const FrictionSpec& spec, const rasters::Grid& study, const rasters::Grid& friction);

/// A box of the grid's CRS in longitude and latitude.
rasters::Box in_lonlat(const rasters::Box& box, const rasters::Grid& grid);

/// Where what does not fit in memory waits while a friction is solved.
std::filesystem::path scratch_folder();

/// Where travel over a friction can begin: on ground that is crossed, or on a road.
/// Looks at the ground square by square; for one thread.
class Ways {
public:
    /// Keeps a reference.
    explicit Ways(const Friction& friction);

    bool lead_from(rasters::Cell cell); ///< of the friction's grid

private:
    using Place = std::pair<int, int>; ///< row and column
    const std::vector<bool>& crossed_in(Place square);

    const Friction& m_friction;
    rasters::RoadCells m_on_roads;
    std::map<Place, std::vector<bool>> m_squares; ///< which cells of those asked about are crossed
};

/// What was solved over a friction's grid, read on a study's.
class SolvedRaster {
public:
    /// `computed` owns what it hands out; it is asked from any thread, as long as this lives.
    void hold(const rasters::Grid& over, rasters::GridReader::Computed computed, rasters::GridReader reader);

    /// What is held, to be taken by who has the same friction; throw as SolvedField::save() and load().
    void put(rasters::SolvedOut& out) const;
    void take(rasters::SolvedIn& in, const rasters::Grid& over, rasters::GridReader reader);

    /// Once something is held; from any thread.
    rasters::Tile read(rasters::Window window) const { return m_reader->read(window, m_computed); }

private:
    rasters::Grid m_over;
    rasters::GridReader::Computed m_computed;
    std::optional<rasters::GridReader> m_reader;
};

} // namespace zonerank::layers
