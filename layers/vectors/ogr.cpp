// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/ogr.hpp"

#include "layers/terms/problems.hpp"
#include "layers/vectors/tables.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <numeric>

namespace zonerank::layers {

namespace {

constexpr const char* csv_options[] = {"X_POSSIBLE_NAMES=x,lon,long,lng,longitude,easting,coord_x,x_coord",
                                       "Y_POSSIBLE_NAMES=y,lat,latitude,northing,coord_y,y_coord",
                                       "GEOM_POSSIBLE_NAMES=wkt,geom,geometry,the_geom,wkt_geom",
                                       "AUTODETECT_TYPE=YES",
                                       "AUTODETECT_SIZE_LIMIT=0",
                                       "EMPTY_STRING_AS_NULL=YES",
                                       nullptr};

// Of a CSV file GDAL finds neither types nor coordinates unless told how.
std::shared_ptr<GDALDataset> opened(const std::string& path, const rasters::Access& access) {
    auto file = rasters::open(path, rasters::DatasetKind::vector, access);
    if (!EQUAL(file->GetDriverName(), "CSV"))
        return file;
    const rasters::GdalComplaints complaints;
    constexpr const char* drivers[] = {"CSV", nullptr};
    GDALDataset* typed = GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, csv_options);
    if (typed == nullptr)
        throw Error("{}: can't be opened: {}", path, complaints.first());
    return {typed, [](GDALDataset* f) { GDALClose(f); }};
}

bool has_geometry(OGRLayer* layer) {
    return layer->GetGeomType() != wkbNone;
}

[[noreturn]] void throw_no_geometry(GDALDataset& file) {
    if (EQUAL(file.GetDriverName(), "CSV"))
        throw Error("no coordinates; columns x and y (or lon and lat), or one called wkt, are needed");
    throw Error("no layer with geometry");
}

OGRLayer* pick(GDALDataset& file, const std::string& wanted, const std::vector<std::string>& names) {
    if (names.empty())
        throw_no_geometry(file);
    if (wanted.empty() && names.size() > 1)
        throw Error("there are several layers; name one with `layer:` ({})", fmt::join(names, ", "));
    OGRLayer* nearly = nullptr; // the same but for upper and lower case
    for (OGRLayer* layer : file.GetLayers()) {
        if (has_geometry(layer) && (wanted.empty() || as_utf8(layer->GetName()) == wanted))
            return layer;
        if (has_geometry(layer) && EQUAL(layer->GetName(), wanted.c_str()))
            nearly = layer;
    }
    if (nearly == nullptr)
        throw Error("{}", unknown("layer", wanted, names));
    return nearly;
}

// "Undefined Cartesian SRS" and the like are how a GeoPackage says that it doesn't know.
bool says_something(const OGRSpatialReference* srs) {
    return srs != nullptr && !srs->IsEmpty() && !srs->IsLocal() &&
           (srs->GetName() == nullptr || !STARTS_WITH_CI(srs->GetName(), "undefined"));
}

struct Free {
    void operator()(char* text) const { CPLFree(text); }
};

} // namespace

VectorLayer::VectorLayer(const std::string& path, const std::string& layer, const rasters::Access& access)
    : VectorLayer(opened(path, access), path, layer) {}

static OGRLayer* pick_table(GDALDataset& database, const std::string& table) {
    const rasters::GdalComplaints complaints;
    OGRLayer* const layer = database.GetLayerByName(table.c_str());
    if (layer == nullptr || !has_geometry(layer) || complaints.count() > 0)
        throw Error("{} can't be read: {}", table, rasters::without_secrets(complaints.first()));
    return layer;
}

// A table's key is a column like others to its owner; GDAL makes it the features' number alone.
static std::shared_ptr<OGRFeatureDefn> with_key_field(OGRLayer& table) {
    if (*table.GetFIDColumn() == '\0')
        return nullptr;
    OGRFeatureDefn* const definition = table.GetLayerDefn()->Clone();
    OGRFieldDefn key(table.GetFIDColumn(), OFTInteger64);
    definition->AddFieldDefn(&key);
    definition->Reference();
    return {definition, [](OGRFeatureDefn* d) { d->Release(); }};
}

static OGRFeatureUniquePtr with_key(OGRFeature& row, OGRFeatureDefn& definition) {
    OGRFeatureUniquePtr keyed(new OGRFeature(&definition));
    std::vector<int> same(static_cast<std::size_t>(row.GetFieldCount()));
    std::iota(same.begin(), same.end(), 0);
    keyed->SetFieldsFrom(&row, same.data(), TRUE);
    keyed->SetFID(row.GetFID());
    keyed->SetField(row.GetFieldCount(), row.GetFID());
    keyed->SetGeometryDirectly(row.StealGeometry());
    return keyed;
}

VectorLayer::VectorLayer(std::shared_ptr<GDALDataset> file, std::string path, const std::string& layer)
    : m_file(std::move(file)), m_path(std::move(path)) {
    if (rasters::names_database(m_path)) { // which may have thousands of tables: GDAL looks at one
        in_context(short_name(m_path), [&] {
            m_names = {chosen_table(tables_of(*m_file), layer)};
            m_layer = pick_table(*m_file, m_names.front());
        });
        m_keyed = with_key_field(*m_layer);
        return;
    }
    for (OGRLayer* each : m_file->GetLayers())
        if (has_geometry(each))
            m_names.push_back(as_utf8(each->GetName()));
    m_layer = in_context(short_name(m_path), [&] { return pick(*m_file, layer, m_names); });
}

VectorLayer VectorLayer::sibling(const std::string& layer) const {
    return VectorLayer(m_file, m_path, layer);
}

OGRFeatureDefn& VectorLayer::definition() const {
    return m_keyed ? *m_keyed : *m_layer->GetLayerDefn();
}

std::string VectorLayer::name() const {
    if (rasters::names_database(m_path))
        return m_names.front();
    return as_utf8(m_layer->GetName());
}

std::vector<std::string> VectorLayer::fields() const {
    std::vector<std::string> names;
    for (int i = 0; i < definition().GetFieldCount(); ++i)
        names.push_back(as_utf8(definition().GetFieldDefn(i)->GetNameRef()));
    return names;
}

rasters::Crs VectorLayer::crs() const {
    const OGRSpatialReference* srs = m_layer->GetSpatialRef();
    if (!says_something(srs))
        return {};
    OGRSpatialReference flat(*srs);
    if (flat.IsCompound())
        flat.StripVertical();
    flat.DemoteTo2D(nullptr);
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    const bool exported = flat.exportToWkt(&wkt, options) == OGRERR_NONE;
    const std::unique_ptr<char, Free> owner(wkt);
    if (!exported)
        throw Error("its CRS can't be read");
    return rasters::parse_file_crs(wkt);
}

bool VectorLayer::interleaved() const {
    return m_file->TestCapability(ODsCRandomLayerRead) != 0;
}

void VectorLayer::each(const std::function<void(OGRFeature&)>& visit) const {
    each(std::span(this, 1), [&](std::size_t, OGRFeature& feature) { visit(feature); });
}

// Hands over what the file gives, and the layer it is of.
static void read_to_end(GDALDataset& file, OGRLayer* only, const std::function<void(OGRLayer*, OGRFeature&)>& visit) {
    const rasters::GdalComplaints complaints;
    only == nullptr ? file.ResetReading() : only->ResetReading();
    OGRLayer* of = only;
    while (const OGRFeatureUniquePtr feature{only == nullptr ? file.GetNextFeature(&of, nullptr, nullptr, nullptr)
                                                             : only->GetNextFeature()})
        visit(of, *feature);
    if (complaints.count() > 0)
        throw Error("can't be read to its end: {}", rasters::without_secrets(complaints.first()));
}

void VectorLayer::each(std::span<const VectorLayer> layers,
                       const std::function<void(std::size_t, OGRFeature&)>& visit) {
    const bool one_pass = !layers.empty() && layers.front().interleaved();
    const auto hand_over = [&](OGRLayer* of, OGRFeature& feature, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            if (layers[i].m_layer == of)
                visit(i, feature);
    };
    if (one_pass) {
        read_to_end(*layers.front().m_file, nullptr,
                    [&](OGRLayer* of, OGRFeature& feature) { hand_over(of, feature, 0, layers.size()); });
        return;
    }
    for (std::size_t i = 0; i < layers.size(); ++i)
        read_to_end(*layers[i].m_file, layers[i].m_layer, [&](OGRLayer* of, OGRFeature& feature) {
            if (!layers[i].m_keyed)
                return hand_over(of, feature, i, i + 1);
            hand_over(of, *with_key(feature, *layers[i].m_keyed), i, i + 1);
        });
}

std::string short_name(const std::string& path) {
    if (rasters::names_database(path))
        return rasters::database_label(path);
    const std::string name = std::filesystem::path(path).filename().string();
    return name.empty() ? path : name;
}

std::string as_utf8(const char* text) {
    if (CPLIsUTF8(text, -1) != 0)
        return text;
    const std::unique_ptr<char, Free> recoded(CPLRecode(text, CPL_ENC_ISO8859_1, CPL_ENC_UTF8));
    return recoded.get();
}

} // namespace zonerank::layers
