// SPDX-License-Identifier: Apache-2.0
#include "layers/features.hpp"

#include "layers/flatten.hpp"
#include "layers/geos.hpp"
#include "layers/ogr.hpp"
#include "layers/problems.hpp"
#include "layers/where.hpp"
#include "rasters/core/error.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

namespace zonerank::layers {

namespace {

using Names = std::vector<std::string>;

bool all_fields(const FeatureSource& source) {
    return source.fields == Names{"*"};
}

// The field's place; names differ in upper and lower case only when nothing fits better.
int index_of(const std::string& field, const Names& known) {
    if (const auto found = std::find(known.begin(), known.end(), field); found != known.end())
        return static_cast<int>(found - known.begin());
    for (std::size_t i = 0; i < known.size(); ++i)
        if (EQUAL(known[i].c_str(), field.c_str()))
            return static_cast<int>(i);
    return -1;
}

// Where in this file the wanted fields are. Of all fields (`*`) those that
// another file has may be missing here.
std::vector<int> columns(const Names& wanted, const Names& known, bool may_miss) {
    std::vector<int> result;
    for (const std::string& field : wanted) {
        result.push_back(index_of(field, known));
        if (result.back() < 0 && !may_miss)
            throw Error("{}", unknown("field", field, known));
    }
    return result;
}

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

rasters::Crs crs_of(const VectorLayer& layer, const FeatureSource& source) {
    if (source.crs && source.override_crs)
        return *source.crs;
    const rasters::Crs own = layer.crs();
    if (!source.crs)
        return own;
    if (own.known() && !same(own, *source.crs))
        throw Error("its CRS is {}, not {}; leave out `crs`, or write `override: true` if the file is wrong",
                    own.label(), source.crs->label());
    return *source.crs;
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
        VectorLayer::each(layers, [&](std::size_t i, OGRFeature& feature) { readings[i].add(feature); });
    });
}

Geometries kinds_of(OGRwkbGeometryType type) {
    switch (wkbFlatten(OGR_GT_GetLinear(type))) {
    case wkbPoint:
    case wkbMultiPoint:
        return {.points = true};
    case wkbLineString:
    case wkbMultiLineString:
        return {.lines = true};
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbTriangle:
    case wkbPolyhedralSurface:
    case wkbTIN:
        return {.polygons = true};
    default:
        return {true, true, true};
    }
}

Geometries kinds_of(const rasters::Shape& shape) {
    return {!shape.points.empty(), !shape.lines.empty(), !shape.polygons.empty()};
}

Geometries either(const Geometries& a, const Geometries& b) {
    return {a.points || b.points, a.lines || b.lines, a.polygons || b.polygons};
}

// Looks at each feature where the layer declares no type.
Geometries kinds_in(const VectorLayer& layer, const Where& where) {
    if (layer.interleaved() || wkbFlatten(layer.ogr().GetGeomType()) != wkbUnknown)
        return kinds_of(layer.ogr().GetGeomType());
    Geometries kinds;
    layer.each([&](OGRFeature& feature) {
        if (feature.GetGeometryRef() != nullptr && where.passes(feature))
            kinds = either(kinds, kinds_of(flattened(*feature.GetGeometryRef()).shape));
    });
    return kinds;
}

// Empty where nothing of the box has a place in the other CRS.
rasters::Box in_crs(const rasters::Box& box, const rasters::Crs& from, const rasters::Crs& to) {
    if (!from.known() || !to.known())
        return box;
    try {
        return rasters::reproject(box, rasters::Transform(from, to));
    } catch (const Error&) {
        return {};
    }
}

// Many drivers take a box and a count from the file's header, as it stands. All
// boxes are told in the first file's CRS.
void add_size(const VectorLayer& layer, const rasters::Crs& crs, FeatureInfo& info) {
    const rasters::GdalComplaints complaints;
    OGREnvelope box;
    if (layer.ogr().GetExtent(&box, layer.interleaved() ? FALSE : TRUE) == OGRERR_NONE)
        info.extent.add(in_crs({box.MinX, box.MinY, box.MaxX, box.MaxY}, crs, info.crs));
    info.one_pass = layer.interleaved();
    info.count = layer.interleaved() || info.count < 0 ? -1 : info.count + layer.ogr().GetFeatureCount();
}

void check_file(const VectorLayer& layer, const FeatureSource& source) {
    crs_of(layer, source);
    columns(source.fields, layer.fields(), all_fields(source));
    const Where where(source.where, layer.definition(), layer.fields());
}

void inspect_file(const std::string& path, const FeatureSource& source, const rasters::Access& access,
                  FeatureInfo& info, bool first) {
    const VectorLayer layer(path, source.layer, access);
    in_context(short_name(path), [&] {
        if (first) {
            info.layer = layer.name();
            info.fields = layer.fields();
            info.layers = layer.layers();
            info.crs = crs_of(layer, source);
        }
        check_file(layer, source);
        const Where where(source.where, layer.definition(), layer.fields());
        info.geometries = either(info.geometries, kinds_in(layer, where));
        add_size(layer, crs_of(layer, source), info);
    });
}

bool opens(const std::string& path, rasters::DatasetKind kind, const rasters::Access& access) {
    try {
        const auto file = rasters::open(path, kind, access);
        return kind == rasters::DatasetKind::raster ? file->GetRasterCount() > 0 : file->GetLayerCount() > 0;
    } catch (const Error&) {
        return false;
    }
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

FeatureInfo inspect(const FeatureSource& source, const rasters::Access& access) {
    FeatureInfo info;
    for (const std::string& path : source.paths)
        inspect_file(path, source, access, info, &path == &source.paths.front());
    return info;
}

void check(const FeatureSource& source, const rasters::Access& access) {
    for (const std::string& path : source.paths) {
        const VectorLayer layer(path, source.layer, access);
        in_context(short_name(path), [&] { check_file(layer, source); });
    }
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

bool has_features(const std::string& path, const rasters::Access& access) {
    return opens(path, rasters::DatasetKind::vector, access);
}

bool has_raster(const std::string& path, const rasters::Access& access) {
    return opens(path, rasters::DatasetKind::raster, access);
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
