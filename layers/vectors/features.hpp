// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/feature_source.hpp"
#include "rasters/access.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <cstdint>
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

/// How far edges may bend on the way to a grid: a thousandth of a cell, at least 1 cm.
double densify_tolerance(double cell);

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

/// Text for a field: numbers in the shortest form that reads back, null as "".
std::string to_text(const Field& field);

} // namespace zonerank::layers
