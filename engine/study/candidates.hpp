// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"
#include "layers/vectors/features.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A candidate zone on the ground, in the grid's CRS.
struct Candidate {
    std::string id, name;
    rasters::Shape shape;              ///< polygons only: points have become their footprint
    std::vector<layers::Field> kept;   ///< the study's `keep` fields
    std::vector<layers::Field> fields; ///< in the order of the feature set
};

/// Features as candidates, with an id each. Throws Error for a line, a point without
/// a footprint, an id that two have, and a text in one of the fields that criteria
/// measure.
std::vector<Candidate> candidates(const layers::FeatureSet& set, const SitesSpec& sites,
                                  const std::vector<std::string>& measured, const rasters::Crs& crs);

/// Of the ground of all features. Throws Error as candidates().
rasters::Box bounds_of_ground(const layers::FeatureSet& set, const SitesSpec& sites, const rasters::Crs& crs);

/// A regular polygon of 64 corners around `centre` with exactly that area.
rasters::Shape footprint(rasters::Point centre, double area_m2);

} // namespace zonerank::engine
