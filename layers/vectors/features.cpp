// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/features.hpp"

#include "layers/vectors/flatten.hpp"
#include "layers/vectors/geos.hpp"
#include "layers/vectors/ogr.hpp"
#include "layers/vectors/where.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

namespace zonerank::layers {

namespace {

Field number(double value) {
    return std::isnan(value) ? Field{} : Field{value};
}

Field value_of(OGRFeature& feature, int column) {
    if (column < 0 || feature.IsFieldSetAndNotNull(column) == 0)
        return {};
    switch (feature.GetFieldDefnRef(column)->GetType()) {
    case OFTInteger:
    case OFTInteger64:
        return std::int64_t{feature.GetFieldAsInteger64(column)};
    case OFTReal:
        return number(feature.GetFieldAsDouble(column));
    default:
        return as_utf8(feature.GetFieldAsString(column));
    }
}

rasters::Crs known_crs(const VectorLayer& layer, const FeatureSource& source) {
    const rasters::Crs crs = crs_of(layer, source);
    if (!crs.known())
        throw Error("it has no CRS; write which one it is in, as in `crs: EPSG:4326` for longitude and latitude");
    return crs;
}

// One file of a source, while it is read into a FeatureSet.
class Reading {
public:
    Reading(const VectorLayer& layer, const FeatureSource& source, const rasters::Crs& target, double tolerance,
            FeatureSet& set);
    void add(OGRFeature& feature) const;

private:
    void add(Feature result, const OGRGeometry& geometry) const;

    std::vector<int> m_columns;
    Where m_where;
    std::optional<rasters::Transform> m_transform; // none: stays in the file's CRS
    double m_tolerance;
    FeatureSet* m_set;
};

Reading::Reading(const VectorLayer& layer, const FeatureSource& source, const rasters::Crs& target, double tolerance,
                 FeatureSet& set)
    : m_where(source.where, layer.definition(), layer.fields()), m_tolerance(tolerance), m_set(&set) {
    const rasters::Crs crs = known_crs(layer, source);
    if (!set.source_crs.known())
        set.source_crs = crs;
    if (all_fields(source) && set.fields.empty())
        set.fields = layer.fields();
    m_columns = columns(set.fields, layer.fields(), all_fields(source));
    const rasters::Transform transform(crs, target.known() ? target : set.source_crs);
    if (!transform.identity())
        m_transform = transform;
}

void Reading::add(OGRFeature& feature) const {
    if (!m_where.passes(feature))
        return;
    ++m_set->repairs.read;
    if (feature.GetGeometryRef() == nullptr) {
        ++m_set->repairs.null;
        return;
    }
    Feature result{feature.GetFID(), {}, {}};
    for (const int column : m_columns)
        result.fields.push_back(value_of(feature, column));
    in_context(fmt::format("feature {}", result.fid), [&] { add(std::move(result), *feature.GetGeometryRef()); });
}

void Reading::add(Feature result, const OGRGeometry& geometry) const {
    Flattened flat = flattened(geometry);
    if (flat.shape.empty() || !flat.finite) {
        ++m_set->repairs.empty;
        return;
    }
    if (m_transform && !has_place(flat.shape, *m_transform)) {
        ++m_set->repairs.elsewhere;
        return;
    }
    result.shape = m_transform ? reproject(flat.shape, *m_transform, m_tolerance) : std::move(flat.shape);
    m_set->repairs.flattened += flat.changed ? 1 : 0;
    m_set->repairs.repaired += mend(result.shape) ? 1 : 0;
    m_set->extent.add(bounds(result.shape));
    m_set->features.push_back(std::move(result));
}

// All sources that read from one file.
void read_file(const std::string& path, std::span<const FeatureSource> sources, const rasters::Crs& target,
               double tolerance, const rasters::Access& access, std::vector<FeatureSet>& sets) {
    std::vector<VectorLayer> layers{VectorLayer(path, sources.front().layer, access)};
    for (const FeatureSource& source : sources.subspan(1))
        layers.push_back(layers.front().sibling(source.layer));
    in_context(short_name(path), [&] {
        std::vector<Reading> readings;
        for (std::size_t i = 0; i < sources.size(); ++i)
            readings.emplace_back(layers[i], sources[i], target, tolerance, sets[i]);
        std::vector<std::ptrdiff_t> before;
        for (const FeatureSet& set : sets)
            before.push_back(std::ssize(set.features));
        VectorLayer::each(layers, [&](std::size_t i, OGRFeature& feature) { readings[i].add(feature); });
        if (rasters::names_database(path)) // a table has no order but that of its key
            for (std::size_t i = 0; i < sets.size(); ++i)
                std::stable_sort(sets[i].features.begin() + before[i], sets[i].features.end(),
                                 [](const Feature& a, const Feature& b) { return a.fid < b.fid; });
    });
}

} // namespace

Repairs& Repairs::operator+=(const Repairs& other) {
    read += other.read;
    null += other.null;
    empty += other.empty;
    elsewhere += other.elsewhere;
    repaired += other.repaired;
    flattened += other.flattened;
    return *this;
}

double densify_tolerance(double cell) {
    return std::max(0.01, cell / 1000);
}

std::vector<FeatureSet> read_features(std::span<const FeatureSource> sources, const rasters::Crs& target,
                                      double tolerance, const rasters::Access& access) {
    std::vector<FeatureSet> sets(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        assert(sources[i].paths == sources.front().paths);
        if (!all_fields(sources[i]))
            sets[i].fields = sources[i].fields;
    }
    if (!sources.empty())
        for (const std::string& path : sources.front().paths)
            read_file(path, sources, target, tolerance, access, sets);
    return sets;
}

FeatureSet read_features(const FeatureSource& source, const rasters::Crs& target, double tolerance,
                         const rasters::Access& access) {
    return std::move(read_features(std::span(&source, 1), target, tolerance, access).front());
}

std::string to_text(const Field& field) {
    if (const auto* whole = std::get_if<std::int64_t>(&field))
        return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&field))
        return fmt::format("{}", *real);
    const auto* text = std::get_if<std::string>(&field);
    return text == nullptr ? "" : *text;
}

} // namespace zonerank::layers
