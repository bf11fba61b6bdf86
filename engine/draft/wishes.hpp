// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/found_data.hpp"
#include "rasters/core/geometry.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// A layer of a file that someone named, and which of its features.
struct NamedLayer {
    std::filesystem::path path; ///< absolute
    std::string layer, where;   ///< either may be empty
};

/// What is asked of a draft; what is left open is found in the data.
struct Wishes {
    std::filesystem::path study;     ///< to be written; files are named relative to its folder
    std::optional<NamedLayer> area;  ///< polygons
    std::optional<rasters::Box> box; ///< degrees: west, south, east, north
    std::optional<NamedLayer> sites; ///< polygons or points
    bool no_sites = false;
    std::optional<double> cell; ///< metres
    std::string title;
};

/// "roads.gpkg:primary" as a file and its layer; the name of a file that holds a
/// colon stands for that file. Throws Error when there is no such file, with the nearest
/// name in its folder.
NamedLayer named_layer(std::string_view text, const std::filesystem::path& folder);

/// "W,S,E,N" in degrees. Throws Error when that is no box.
rasters::Box box_of(std::string_view text);

/// The box that holds all places at most so far from "LON,LAT", `radius` as in
/// "20 km" or "20km". Throws Error for what is no place or no length, or reaches a pole.
rasters::Box box_around(std::string_view place, std::string_view radius);

/// "200 m" in metres. Throws Error unless it is a length above 0.
double cell_of(std::string_view text);

} // namespace zonerank::engine
