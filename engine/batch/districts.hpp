// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/placeholders.hpp"
#include "rasters/access.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a batch goes over: the features of one layer, each a run of its own.
struct OverSpec {
    std::filesystem::path file;
    std::string layer; ///< empty: the only one
    std::string name;  ///< the field that names them
    std::string where; ///< which of them; empty: all
};

/// One of them.
struct District {
    std::string name;     ///< as its field says
    std::string folder;   ///< folder_of() that
    std::string where;    ///< what selects it and no other
    FieldValues fields{}; ///< all of them
    rasters::Shape shape; ///< polygons in longitude and latitude
    rasters::Crs crs;     ///< of its grid, where the study names none
};

/// Which grid each district is scored on, where the study names none.
enum class GridChoice {
    automatic, ///< common when one CRS is true to 0.1 % over all, else own
    common,
    own
};

struct Districts {
    std::vector<District> all; ///< those of one CRS follow each other, in the order of the file
    rasters::Crs around;       ///< chosen for all of them together
    bool common_grid = false;  ///< all have that one
    layers::Repairs repairs{}; ///< of their geometries
};

/// Reads them. Throws Error, before anything is run: none there, one without polygons or
/// without a name, names that would be one folder's (see FolderNames), naming both; and as read_features().
Districts read_districts(const OverSpec& over, GridChoice grid, const rasters::Access& access);

/// Largest scale error over all districts at which they have one grid.
inline constexpr double most_scale_error = 0.001;

} // namespace zonerank::engine
