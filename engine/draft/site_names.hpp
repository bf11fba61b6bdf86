// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/draft/draft_sites.hpp"
#include "engine/draft/found_data.hpp"

#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A town, village or suburb that people know.
struct KnownPlace {
    rasters::Point at; ///< longitude, latitude, degrees
    std::string name;
};

/// Ground that has no name of its own.
struct UnnamedGround {
    rasters::Point middle; ///< longitude, latitude, degrees
    double hectares = 0;
};

/// The text field of a layer that most features have and that is called as names are;
/// empty when there is none.
std::string name_field(const layers::LayerSurvey& survey);

/// The points with a name of the layers that are called places, towns, cities, villages or
/// settlements. Throws Error when one can't be read.
std::vector<KnownPlace> known_places(std::span<const FoundLayer> found, const rasters::Access& access);

/// Each ground after the nearest place: "Dina" within 1 km of its point, else "NE of Dina"; with its
/// size where two would be called the same, "NE of Dina (120 ha)", and a number where that is the
/// same, too. No name begins with a number, since ranks stand before them on maps. Distances are
/// on a sphere, north is up at the place. `places` is not empty.
std::vector<std::string> names_by_place(std::span<const UnnamedGround> grounds, std::span<const KnownPlace> places);

/// Industrial areas that have no field with names become a file of their own, sites.geojson in
/// `folder`, where each is named after the nearest place among those found; what else there is stays as it
/// is. Nothing is written: `file` has the text. Throws Error when one can't be read.
DraftSites with_names(DraftSites sites, const std::filesystem::path& folder, std::span<const FoundLayer> found,
                      const rasters::Access& access);

} // namespace zonerank::engine
