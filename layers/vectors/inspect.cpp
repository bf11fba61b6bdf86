// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/inspect.hpp"

#include "layers/vectors/flatten.hpp"
#include "layers/vectors/ogr.hpp"
#include "layers/vectors/where.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace zonerank::layers {

Geometries declared_geometries(OGRLayer& layer) {
    switch (wkbFlatten(OGR_GT_GetLinear(layer.GetGeomType()))) {
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

Geometries geometries_of(const OGRFeature& feature) {
    if (feature.GetGeometryRef() == nullptr)
        return {};
    const rasters::Shape shape = flattened(*feature.GetGeometryRef()).shape;
    return {!shape.points.empty(), !shape.lines.empty(), !shape.polygons.empty()};
}

Geometries either(const Geometries& a, const Geometries& b) {
    return {a.points || b.points, a.lines || b.lines, a.polygons || b.polygons};
}

namespace {

// Looks at each feature where the layer declares no type.
Geometries kinds_in(const VectorLayer& layer, const Where& where) {
    if (layer.interleaved() || wkbFlatten(layer.ogr().GetGeomType()) != wkbUnknown)
        return declared_geometries(layer.ogr());
    Geometries kinds;
    layer.each([&](OGRFeature& feature) {
        if (feature.GetGeometryRef() != nullptr && where.passes(feature))
            kinds = either(kinds, geometries_of(feature));
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
void add_size(const VectorLayer& layer, const rasters::Crs& crs, bool database, FeatureInfo& info) {
    const rasters::GdalComplaints complaints;
    OGREnvelope box;
    if (layer.ogr().GetExtent(&box, layer.interleaved() ? FALSE : TRUE) == OGRERR_NONE)
        info.extent.add(in_crs({box.MinX, box.MinY, box.MaxX, box.MaxY}, crs, info.crs));
    info.one_pass = layer.interleaved();
    info.count = layer.interleaved() || info.count < 0 ? -1 : info.count + layer.ogr().GetFeatureCount();
    if (database && complaints.count() > 0) // a server counts rows by reading them
        throw Error("can't be read: {}", rasters::without_secrets(complaints.first()));
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
        add_size(layer, crs_of(layer, source), rasters::names_database(path), info);
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

bool has_features(const std::string& path, const rasters::Access& access) {
    return opens(path, rasters::DatasetKind::vector, access);
}

bool has_raster(const std::string& path, const rasters::Access& access) {
    return opens(path, rasters::DatasetKind::raster, access);
}

} // namespace zonerank::layers
