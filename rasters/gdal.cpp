// SPDX-License-Identifier: Apache-2.0
#include "rasters/access.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/memory_shares.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cpl_vsi_virtual.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
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
constexpr const char* remote[] = {"PostgreSQL", "MySQL", "HTTP"};

// What the program itself works with; never in a list given to GDALOpenEx,
// except VRT for a file that has been checked.
constexpr const char* internal[] = {"MEM", "Memory", "VRT", "OGR_VRT"};

template <std::size_t N>
bool contains(const char* const (&names)[N], std::string_view name) {
    return std::any_of(std::begin(names), std::end(names), [&](const char* known) {
        return name.size() == std::string_view(known).size() && EQUALN(known, name.data(), name.size());
    });
}

// The drivers taken out of GDAL, so that Access::drivers can put one back.
struct Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<GDALDriver>> drivers;
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
        shelf().drivers.emplace_back(driver);
    }
}

// Whether GDAL has such a driver.
bool bring_back_driver(const char* name) {
    const std::lock_guard lock(shelf().mutex);
    auto& away = shelf().drivers;
    const auto found =
        std::find_if(away.begin(), away.end(), [&](const auto& d) { return EQUAL(d->GetDescription(), name); });
    if (found == away.end())
        return GetGDALDriverManager()->GetDriverByName(name) != nullptr;
    GetGDALDriverManager()->RegisterDriver(found->release());
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
    const std::string cache = std::to_string(memory_shares().gdal); // in bytes, as large as it is
    const std::pair<const char*, const char*> options[] = {{"GDAL_PAM_ENABLED", "NO"},
                                                           {"GML_DOWNLOAD_SCHEMA", "NO"},
                                                           {"GDAL_VRT_ENABLE_PYTHON", "NO"},
                                                           {"GDAL_NUM_THREADS", "1"},
                                                           {"VRT_SHARED_SOURCE", "0"},
                                                           {"GDAL_CACHEMAX", cache.c_str()},
                                                           {"CPL_VSIL_CURL_ALLOWED_FILENAME", "none"}};
    for (const auto& option : options)
        CPLSetConfigOption(option.first, option.second);
    if (CPLGetConfigOption("CPL_TMPDIR", nullptr) == nullptr)
        CPLSetConfigOption("CPL_TMPDIR", std::filesystem::temp_directory_path().c_str());
    OSRSetPROJEnableNetwork(0);
}

// The streaming file systems heed no option, and the standard streams are ours:
// they give way to a file system that has no files.
void close_streams() {
    // GDAL keeps the pointers for as long as it runs.
    static char** const prefixes = VSIGetFileSystemsPrefixes();
    // What was there may be in use and is nobody's now: it stays.
    static std::array<VSIFilesystemHandler*, 64> replaced;
    std::size_t count = 0;
    VSIFilesystemPluginCallbacksStruct* nothing = VSIAllocFilesystemPluginCallbacksStruct();
    nothing->open = [](void*, const char*, const char*) -> void* { return nullptr; };
    nothing->stat = [](void*, const char*, VSIStatBufL*, int) { return -1; };
    for (char** prefix = prefixes; prefix != nullptr && *prefix != nullptr; ++prefix) {
        const std::string_view name(*prefix);
        if (name.find("_streaming") == std::string::npos && !name.starts_with("/vsistd"))
            continue;
        if (count < replaced.size())
            replaced[count++] = VSIFileManager::GetHandler(*prefix);
        VSIInstallPluginHandler(*prefix, nothing);
    }
    VSIFreeFilesystemPluginCallbacksStruct(nothing);
}

// A server that is busy is asked again (after 1 s, then 2 s), one that says nothing any more is given up. What
// the user has set holds.
void set_patience() {
    const std::pair<const char*, const char*> options[] = {{"GDAL_HTTP_MAX_RETRY", "2"},
                                                           {"GDAL_HTTP_RETRY_DELAY", "1"},
                                                           {"GDAL_HTTP_CONNECTTIMEOUT", "10"},
                                                           {"GDAL_HTTP_LOW_SPEED_TIME", "30"},
                                                           {"GDAL_HTTP_LOW_SPEED_LIMIT", "1"}};
    for (const auto& option : options)
        if (CPLGetConfigOption(option.first, nullptr) == nullptr)
            CPLSetConfigOption(option.first, option.second);
}

void open_network() {
    static std::once_flag once;
    std::call_once(once, [] {
        set_patience();
        CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", nullptr);
        CPLHTTPSetFetchCallback(nullptr, nullptr);
        for (const char* name : remote)
            bring_back_driver(name);
    });
}

} // namespace

void initialise_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetErrorHandler(collect);
        set_options();
        CPLHTTPSetFetchCallback(refuse_to_fetch, nullptr);
        close_streams();
        GDALAllRegister();
        put_away_drivers();
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

std::vector<std::string> allowed_drivers(const Access& access) {
    std::vector<std::string> drivers(std::begin(built_in), std::end(built_in));
    if (access.network)
        drivers.insert(drivers.end(), std::begin(remote), std::end(remote));
    drivers.insert(drivers.end(), access.drivers.begin(), access.drivers.end());
    return drivers;
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

} // namespace zonerank::rasters
