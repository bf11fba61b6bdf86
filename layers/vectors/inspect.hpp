// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/feature_source.hpp"
#include "rasters/access.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <cstdint>
#include <string>
#include <vector>

class OGRFeature;
class OGRLayer;

namespace zonerank::layers {

/// What kinds of geometry a layer holds; a collection counts as what is in it.
struct Geometries {
    bool points = false, lines = false, polygons = false;
    friend bool operator==(const Geometries&, const Geometries&) = default;
};

/// What a layer declares to hold; all three where it declares nothing, or a mixture.
Geometries declared_geometries(OGRLayer& layer);

/// What one feature holds, as it is measured; nothing without a geometry.
Geometries geometries_of(const OGRFeature& feature);

Geometries either(const Geometries& a, const Geometries& b);

/// Names and what is to be known before reading.
struct FeatureInfo {
    std::string layer;
    std::vector<std::string> fields;
    rasters::Crs crs;                ///< as read_features() will take it; unknown when there is none
    rasters::Box extent;             ///< in the layer's own CRS; empty when it has no features or doesn't say
    std::int64_t count = 0;          ///< of all features; -1: not known before reading (OSM)
    Geometries geometries;           ///< as declared; of the features that pass `where`, where nothing is declared
    std::vector<std::string> layers; ///< all of the (first) file, with geometry
    bool one_pass = false;           ///< any layer costs a pass over the whole file (OSM)
};

/// Opens and looks; extent and count are of all files together. Throws Error
/// naming the file: missing, not a vector file, no such layer (with the layers
/// there are), several layers and none named, a `where` or fields that don't fit,
/// a CRS given for a file that says otherwise.
FeatureInfo inspect(const FeatureSource& source, const rasters::Access& access);

/// Throws Error as inspect() does, but looks at no feature.
void check(const FeatureSource& source, const rasters::Access& access);

/// True when GDAL knows the file as one with vector layers / with raster bands.
bool has_features(const std::string& path, const rasters::Access& access);
bool has_raster(const std::string& path, const rasters::Access& access);

} // namespace zonerank::layers
