// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"
#include "layers/layer.hpp"
#include "rasters/core/files.hpp"
#include "rasters/reader.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace zonerank::layers {

// What measures share that are solved over a study's friction.

/// Throws Error unless the study has a friction.
void need_friction(const Sources& sources, std::string_view measure);

/// A box of the grid's CRS in longitude and latitude.
rasters::Box in_lonlat(const rasters::Box& box, const rasters::Grid& grid);

/// Where travel over a friction can begin: on ground that is crossed, or on a road.
class Ways {
public:
    explicit Ways(const Friction& friction);

    bool lead_from(rasters::Cell cell) const;

private:
    const Friction& m_friction;
    std::set<std::pair<int, int>> m_on_roads;
};

/// A raster of a friction's grid that waits on disk until a study's tiles are read of it,
/// bilinearly (averaged where the study's cells are larger); gone with the object.
class SolvedRaster {
public:
    /// Throws Error when there is no place for scratch files.
    SolvedRaster();

    std::filesystem::path folder() const { return m_file.path().parent_path(); }

    /// Asks `tile` for all of `over`, from any thread, and gets ready to be read on `study`.
    void keep(const std::function<rasters::Tile(rasters::Window)>& tile, const rasters::Grid& over,
              const rasters::Grid& study, const rasters::Access& access);

    rasters::Tile read(rasters::Window window) const { return m_reader->read(window); }

private:
    rasters::Unfinished m_file;
    std::optional<rasters::RasterReader> m_reader;
};

} // namespace zonerank::layers
