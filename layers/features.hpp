// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace zonerank::layers {

/// A field's value: null, whole number, number or text.
using Field = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Feature {
    std::int64_t fid = 0;
    rasters::Shape shape;
    std::vector<Field> fields; ///< in the order of FeatureSet::fields
};

/// What a source's geometry needed before it could be used.
struct Repairs {
    std::int64_t read = 0;      ///< features that passed `where`
    std::int64_t null = 0;      ///< had no geometry: left out
    std::int64_t empty = 0;     ///< had an empty one, or coordinates that are no numbers: left out
    std::int64_t elsewhere = 0; ///< had no point with a place in the target CRS: left out
    std::int64_t repaired = 0;  ///< invalid polygons, mended with GEOS
    std::int64_t flattened = 0; ///< curves turned into lines, or heights dropped

    Repairs& operator+=(const Repairs& other);
    friend bool operator==(const Repairs&, const Repairs&) = default;
};

struct FeatureSet {
    std::vector<std::string> fields; ///< names of the fields read
    std::vector<Feature> features;   ///< with geometry, in the source's order
    rasters::Crs source_crs;
    rasters::Box extent; ///< of the features, in the target CRS
    Repairs repairs;
};

/// Where features come from.
struct FeatureSource {
    std::vector<std::string> paths;    ///< several: read one after the other
    std::string layer{};               ///< empty: the only one (GeoJSON, a one-layer file)
    std::string where{};               ///< OGR's own expression on the features, never SQL; empty: all
    std::vector<std::string> fields{}; ///< to read; {"*"}: all of the first file
    std::optional<rasters::Crs> crs{}; ///< for a file that has none, or with override_crs
    bool override_crs = false;
};

/// What kinds of geometry a layer holds; a collection counts as what is in it.
struct Geometries {
    bool points = false, lines = false, polygons = false;
    friend bool operator==(const Geometries&, const Geometries&) = default;
};

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

/// How far edges may bend on the way to a grid: a thousandth of a cell, at least 1 cm.
double densify_tolerance(double cell);

/// Throws Error as inspect() does, but looks at no feature.
void check(const FeatureSource& source, const rasters::Access& access);

/// Reads, reprojects (edges densified to `tolerance` in target units), mends and
/// counts. `target` unknown: left in the source's CRS. Throws Error naming the
/// file: as inspect() does, a layer without CRS, a field that is not there (with
/// the nearest), a `where` that OGR can't read, a point that can't be projected.
FeatureSet read_features(const FeatureSource& source, const rasters::Crs& target, double tolerance,
                         const rasters::Access& access);

/// Several sources of the same paths at once, an answer for each: in one pass over
/// a file that is read as a whole (OSM), whatever the number of layers and conditions.
std::vector<FeatureSet> read_features(std::span<const FeatureSource> sources, const rasters::Crs& target,
                                      double tolerance, const rasters::Access& access);

/// True when GDAL knows the file as one with vector layers / with raster bands.
bool has_features(const std::string& path, const rasters::Access& access);
bool has_raster(const std::string& path, const rasters::Access& access);

/// Text for a field: numbers in the shortest form that reads back, null as "".
std::string to_text(const Field& field);

} // namespace zonerank::layers
