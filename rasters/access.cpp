// SPDX-License-Identifier: Apache-2.0
#include "rasters/access.hpp"

#include "rasters/error.hpp"
#include "rasters/sidecars.hpp"
#include "rasters/vrt.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr const char* built_in[] = {"GTiff", "COG",     "netCDF", "HDF5",           "HDF5Image",  "GRIB", "AAIGrid",
                                    "JPEG",  "SRTMHGT", "PNG",    "GPKG",           "FlatGeobuf", "OSM",  "CSV",
                                    "GML",   "GeoJSON", "KML",    "ESRI Shapefile", "LIBKML"};

// Databases and downloads, which only the network switch opens.
constexpr const char* remote[] = {"PostgreSQL", "PostGISRaster", "MySQL", "HTTP"};

// What the program itself works with; never in a list given to GDALOpenEx,
// except VRT for a file that has been checked.
constexpr const char* internal[] = {"MEM", "Memory", "VRT", "OGR_VRT"};

// Parts of a local file, as GDAL names them.
constexpr const char* subdataset_prefixes[] = {"NETCDF", "HDF5", "GPKG", "GTIFF_DIR"};

template <std::size_t N>
bool contains(const char* const (&names)[N], std::string_view name) {
    return std::any_of(std::begin(names), std::end(names), [&](const char* known) {
        return name.size() == std::string_view(known).size() && EQUALN(known, name.data(), name.size());
    });
}

// The drivers taken out of GDAL, so that Access::drivers can put one back.
struct Shelf {
    std::mutex mutex;
    std::vector<GDALDriver*> drivers;
};

Shelf& shelf() {
    static Shelf instance;
    return instance;
}

void put_away_drivers() {
    GDALDriverManager& manager = *GetGDALDriverManager();
    for (int i = manager.GetDriverCount() - 1; i >= 0; --i) {
        GDALDriver* driver = manager.GetDriver(i);
        if (contains(built_in, driver->GetDescription()) || contains(internal, driver->GetDescription()))
            continue;
        manager.DeregisterDriver(driver);
        shelf().drivers.push_back(driver);
    }
}

// Whether GDAL has such a driver.
bool bring_back_driver(const char* name) {
    const std::lock_guard lock(shelf().mutex);
    auto& away = shelf().drivers;
    const auto found =
        std::find_if(away.begin(), away.end(), [&](GDALDriver* d) { return EQUAL(d->GetDescription(), name); });
    if (found == away.end())
        return GetGDALDriverManager()->GetDriverByName(name) != nullptr;
    GetGDALDriverManager()->RegisterDriver(*found);
    away.erase(found);
    return true;
}

// Complaints of one thread, kept while a GdalComplaints looks on.
struct Collected {
    int watchers = 0;
    std::vector<std::string> messages;
};
thread_local Collected collected;

// A damaged file can complain once per pixel.
constexpr std::size_t most_messages = 1000;

void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* message) {
    if (level >= CE_Failure && collected.watchers > 0 && collected.messages.size() < most_messages)
        collected.messages.emplace_back(message);
}

// GDAL fetches in places where nobody asked for it (a GeoJSON's "link" CRS, a
// schema); this stands between all of them and the network.
CPLHTTPResult* refuse_to_fetch(const char* url, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*,
                               void*) {
    CPLError(CE_Failure, CPLE_AppDefined, "the network is not allowed: %s", url);
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = -1;
    result->pszErrBuf = CPLStrdup("the network is not allowed");
    return result;
}

void set_options() {
    constexpr std::pair<const char*, const char*> options[] = {{"GDAL_PAM_ENABLED", "NO"},
                                                               {"GML_DOWNLOAD_SCHEMA", "NO"},
                                                               {"GDAL_VRT_ENABLE_PYTHON", "NO"},
                                                               {"GDAL_NUM_THREADS", "1"},
                                                               {"VRT_SHARED_SOURCE", "0"},
                                                               {"GDAL_CACHEMAX", "256"},
                                                               {"CPL_VSIL_CURL_ALLOWED_FILENAME", "none"}};
    for (const auto& option : options)
        CPLSetConfigOption(option.first, option.second);
    if (CPLGetConfigOption("CPL_TMPDIR", nullptr) == nullptr)
        CPLSetConfigOption("CPL_TMPDIR", std::filesystem::temp_directory_path().c_str());
    OSRSetPROJEnableNetwork(0);
}

void open_network() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", nullptr);
        CPLHTTPSetFetchCallback(nullptr, nullptr);
        for (const char* name : remote)
            bring_back_driver(name);
    });
}

void allow(const Access& access) {
    initialise_gdal();
    for (const std::string& name : access.drivers)
        if (!bring_back_driver(name.c_str()))
            throw Error("this GDAL has no driver '{}'", name);
    if (access.network)
        open_network();
}

// "/vsi" where GDAL would take it for a virtual file system: at the start, or
// after something that can't be part of a folder's name.
bool names_virtual_path(std::string_view name) {
    for (auto at = name.find("/vsi"); at != name.npos; at = name.find("/vsi", at + 1)) {
        const char before = at == 0 ? ':' : name[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) == 0 &&
            std::string_view("/._-").find(before) == std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace

std::vector<std::string> allowed_drivers(const Access& access) {
    std::vector<std::string> drivers(std::begin(built_in), std::end(built_in));
    if (access.network)
        drivers.insert(drivers.end(), std::begin(remote), std::end(remote));
    drivers.insert(drivers.end(), access.drivers.begin(), access.drivers.end());
    return drivers;
}

// "PG", "NETCDF" ... when the name starts with such a prefix, else empty.
static std::string_view connection_prefix(std::string_view name) {
    const auto end = std::find_if(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) == 0 && c != '_' && c != '+' && c != '-';
    });
    const auto length = static_cast<std::size_t>(end - name.begin());
    return length >= 2 && length < name.size() && name[length] == ':' ? name.substr(0, length) : std::string_view{};
}

void check_name(const std::string& path, const Access& access) {
    const std::size_t start = path.find_first_not_of(" \t\r\n");
    if (start == path.npos)
        throw Error("a file's name is missing");
    if (std::string_view("<{[").find(path[start]) != std::string_view::npos ||
        path.find_first_of(std::string_view("\0\n", 2)) != path.npos)
        throw Error("{:.40}...: a file's name is expected here, not its content",
                    path.substr(0, path.find_first_of(std::string_view("\0\n", 2))));
    if (access.network)
        return;
    if (names_virtual_path(path) || path.find("://") != path.npos)
        throw Error("{}: URLs and /vsi paths are opened only with --allow-network", path);
    const std::string_view prefix = connection_prefix(path);
    if (!prefix.empty() && !contains(subdataset_prefixes, prefix) && !std::filesystem::exists(path))
        throw Error("{}: '{}:' connections are opened only with --allow-network", path, prefix);
}

void initialise_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetErrorHandler(collect);
        set_options();
        CPLHTTPSetFetchCallback(refuse_to_fetch, nullptr);
        GDALAllRegister();
        put_away_drivers();
    });
}

GdalComplaints::GdalComplaints() : m_from(collected.messages.size()) {
    initialise_gdal();
    ++collected.watchers;
}

GdalComplaints::~GdalComplaints() {
    if (--collected.watchers == 0)
        collected.messages.clear();
}

int GdalComplaints::count() const {
    return static_cast<int>(collected.messages.size() - m_from);
}

std::string GdalComplaints::first() const {
    if (count() == 0)
        return {};
    std::string message = collected.messages[m_from];
    std::replace_if(
        message.begin(), message.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return message;
}

static void check_local_file(const std::string& path, const Access& access) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        if (!access.network && connection_prefix(path).empty())
            throw Error("{}: no such file", path);
        return;
    }
    if (!std::filesystem::is_regular_file(status) && !std::filesystem::is_directory(status))
        throw Error("{}: not a regular file", path);
    check_sidecars(path);
}

static unsigned flags_of(DatasetKind kind) {
    const unsigned raster = kind != DatasetKind::vector ? GDAL_OF_RASTER : 0;
    const unsigned vector = kind != DatasetKind::raster ? GDAL_OF_VECTOR : 0;
    return GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR | raster | vector;
}

std::shared_ptr<GDALDataset> open(const std::string& path, DatasetKind kind, const Access& access) {
    allow(access);
    check_name(path, access);
    check_local_file(path, access);

    CPLStringList drivers;
    for (const std::string& driver : allowed_drivers(access))
        drivers.AddString(driver.c_str());
    if (is_vrt(path)) {
        check_vrt(path, access);
        drivers.AddString("VRT");
        drivers.AddString("OGR_VRT");
    }
    CPLStringList options;
    options.SetNameValue("WRITE_GFS", "NO");
    if (has_write_ahead_log(path))
        options.SetNameValue("IMMUTABLE", "YES");

    const GdalComplaints complaints;
    GDALDataset* dataset = GDALDataset::Open(path.c_str(), flags_of(kind), drivers.List(), options.List(), nullptr);
    if (dataset == nullptr)
        throw Error("{}: can't be opened: {}", path,
                    complaints.count() > 0 ? complaints.first()
                                           : "no allowed GDAL driver reads it (--allow-driver adds one)");
    return {dataset, [](GDALDataset* d) { GDALClose(d); }};
}

std::vector<std::string> files_of(const std::string& path, const Access& access) {
    const auto dataset = open(path, DatasetKind::any, access);
    const CPLStringList list(dataset->GetFileList());
    std::vector<std::string> files;
    for (int i = 0; i < list.size(); ++i)
        files.emplace_back(list[i]);
    if (files.empty())
        files.push_back(path);
    const auto main_file = std::find(files.begin(), files.end(), path);
    if (main_file != files.end())
        std::rotate(files.begin(), main_file, main_file + 1);
    return files;
}

} // namespace zonerank::rasters
