// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/geo_package.hpp"

#include "rasters/core/error.hpp"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>
#include <utility>

namespace zonerank::layers {

namespace {

constexpr const char* epoch = "1970-01-01T00:00:00.000Z";

// Options of GDAL for this thread while it writes: no waiting for a disk (the file is new, and
// a run that ends early leaves none), and one date for all files.
class Settings {
public:
    Settings() {
        for (const auto& [name, value] : settings)
            CPLSetThreadLocalConfigOption(name, value);
    }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;
    ~Settings() {
        for (const auto& [name, value] : settings)
            CPLSetThreadLocalConfigOption(name, nullptr);
    }

private:
    static constexpr std::pair<const char*, const char*> settings[] = {
        {"OGR_CURRENT_DATE", epoch}, {"OGR_SQLITE_SYNCHRONOUS", "OFF"}, {"OGR_SQLITE_JOURNAL", "OFF"}};
};

OGRFieldType type_of(const Field& field) {
    if (std::holds_alternative<std::int64_t>(field))
        return OFTInteger64;
    return std::holds_alternative<double>(field) ? OFTReal : OFTString;
}

bool has_value(const Field& field) {
    const auto* number = std::get_if<double>(&field);
    return number ? std::isfinite(*number) : !std::holds_alternative<std::monostate>(field);
}

OGRFieldType wider(OGRFieldType a, OGRFieldType b) {
    if (a == b)
        return a;
    return a == OFTString || b == OFTString ? OFTString : OFTReal;
}

std::vector<OGRFieldType> types_of(const std::vector<Feature>& features, std::size_t fields) {
    std::vector<OGRFieldType> types(fields, OFTString);
    std::vector<bool> seen(fields, false);
    for (const Feature& feature : features)
        for (std::size_t i = 0; i < fields; ++i)
            if (const Field& field = feature.fields.at(i); has_value(field)) {
                types[i] = seen[i] ? wider(types[i], type_of(field)) : type_of(field);
                seen[i] = true;
            }
    return types;
}

void set(OGRFeature& row, int i, OGRFieldType type, const Field& field) {
    if (!has_value(field))
        row.SetFieldNull(i);
    else if (type == OFTString)
        row.SetField(i, to_text(field).c_str());
    else if (const auto* whole = std::get_if<std::int64_t>(&field); whole && type == OFTInteger64)
        row.SetField(i, static_cast<GIntBig>(*whole));
    else
        row.SetField(i, whole ? static_cast<double>(*whole) : std::get<double>(field));
}

std::unique_ptr<OGRMultiPolygon> geometry(const rasters::Shape& shape) {
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const rasters::Polygon& polygon : shape.polygons) {
        auto part = std::make_unique<OGRPolygon>();
        for (const rasters::Path& path : polygon.rings) {
            auto ring = std::make_unique<OGRLinearRing>();
            ring->setNumPoints(static_cast<int>(path.size()), FALSE);
            for (std::size_t i = 0; i < path.size(); ++i)
                ring->setPoint(static_cast<int>(i), path[i].x, path[i].y);
            part->addRingDirectly(ring.release());
        }
        result->addGeometryDirectly(part.release());
    }
    return result;
}

// A name of a column that no field has, whatever the letter case.
std::string free_name(std::string name, const std::vector<std::string>& fields) {
    const auto taken = [&](const std::string& field) { return EQUAL(field.c_str(), name.c_str()); };
    while (std::ranges::any_of(fields, taken))
        name += '_';
    return name;
}

struct Closer {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

/// The file while it is written, in one transaction.
class Package {
public:
    Package(const std::filesystem::path& path, const rasters::Crs& crs) : m_path(path) {
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
        if (!driver)
            throw Error("this GDAL has no driver 'GPKG'");
        m_dataset.reset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        check(m_dataset != nullptr && m_dataset->StartTransaction() == OGRERR_NONE);
        m_crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        check(m_crs.SetFromUserInput(crs.wkt.c_str()) == OGRERR_NONE);
    }

    void add(const PackageLayer& layer) {
        std::vector<Feature> features;
        for (std::size_t row = 0; row < layer.rows; ++row)
            features.push_back(layer.feature(row));
        const std::vector<OGRFieldType> types = types_of(features, layer.fields.size());
        OGRLayer& table = polygons(layer, free_name("geom", layer.fields), free_name("fid", layer.fields));
        for (std::size_t i = 0; i < types.size(); ++i)
            add_field(table, layer.fields[i], types[i]);
        for (const Feature& feature : features)
            add_row(table, types, feature);
        if (!layer.style.empty())
            m_styles.push_back({layer.name, table.GetGeometryColumn(), layer.style});
    }

    void close() {
        if (!m_styles.empty())
            add_styles();
        check(m_dataset->CommitTransaction() == OGRERR_NONE);
        m_dataset.reset();
        check(true);
    }

private:
    struct Style {
        std::string layer, geometry, qml;
    };

    void check(bool good) const {
        if (!good || m_complaints.count() > 0)
            throw Error("'{}' can't be written: {}", m_path.string(), m_complaints.first());
    }

    void add_field(OGRLayer& table, const std::string& name, OGRFieldType type) const {
        OGRFieldDefn field(name.c_str(), type);
        check(table.CreateField(&field, FALSE) == OGRERR_NONE);
    }

    OGRLayer& polygons(const PackageLayer& layer, const std::string& geometry, const std::string& fid) {
        CPLStringList options;
        options.SetNameValue("GEOMETRY_NAME", geometry.c_str());
        options.SetNameValue("FID", fid.c_str());
        options.SetNameValue("DESCRIPTION", layer.description.c_str());
        OGRLayer* table = m_dataset->CreateLayer(layer.name.c_str(), &m_crs, wkbMultiPolygon, options.List());
        check(table != nullptr);
        return *table;
    }

    void add_row(OGRLayer& table, const std::vector<OGRFieldType>& types, const Feature& feature) const {
        OGRFeature row(table.GetLayerDefn());
        for (std::size_t i = 0; i < types.size(); ++i)
            set(row, static_cast<int>(i), types[i], feature.fields[i]);
        if (!feature.shape.polygons.empty())
            row.SetGeometryDirectly(geometry(feature.shape).release());
        check(table.CreateFeature(&row) == OGRERR_NONE);
    }

    // As QGIS makes the table itself.
    void add_styles() {
        CPLStringList options;
        options.SetNameValue("FID", "id");
        OGRLayer* table = m_dataset->CreateLayer("layer_styles", nullptr, wkbNone, options.List());
        check(table != nullptr);
        for (const char* name : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName",
                                 "styleQML", "styleSLD"})
            add_field(*table, name, OFTString);
        OGRFieldDefn standard("useAsDefault", OFTInteger);
        standard.SetSubType(OFSTBoolean);
        check(table->CreateField(&standard) == OGRERR_NONE);
        for (const char* name : {"description", "owner", "ui"})
            add_field(*table, name, OFTString);
        add_field(*table, "update_time", OFTDateTime);
        for (const Style& style : m_styles)
            add_style(*table, style);
    }

    void add_style(OGRLayer& table, const Style& style) const {
        OGRFeature row(table.GetLayerDefn());
        row.SetField("f_table_catalog", "");
        row.SetField("f_table_schema", "");
        row.SetField("f_table_name", style.layer.c_str());
        row.SetField("f_geometry_column", style.geometry.c_str());
        row.SetField("styleName", "zonerank");
        row.SetField("styleQML", style.qml.c_str());
        row.SetField("styleSLD", "");
        row.SetField("useAsDefault", 1);
        row.SetField("update_time", epoch);
        check(table.CreateFeature(&row) == OGRERR_NONE);
    }

    const Settings m_settings;
    const rasters::GdalComplaints m_complaints;
    std::filesystem::path m_path;
    OGRSpatialReference m_crs;
    std::unique_ptr<GDALDataset, Closer> m_dataset; ///< closed before the settings end
    std::vector<Style> m_styles;
};

} // namespace

void write_geo_package(const std::filesystem::path& path, const rasters::Crs& crs,
                       std::span<const PackageLayer> layers) {
    rasters::initialise_gdal();
    Package package(path, crs);
    for (const PackageLayer& layer : layers)
        package.add(layer);
    package.close();
}

} // namespace zonerank::layers
