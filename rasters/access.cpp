// SPDX-License-Identifier: Apache-2.0
#include "rasters/access.hpp"

#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/sidecars.hpp"
#include "rasters/vrt.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cpl_vsi_error.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>

namespace zonerank::rasters {

namespace {

// Parts of a local file, as GDAL names them.
constexpr const char* subdataset_prefixes[] = {"NETCDF", "HDF5", "GPKG", "GTIFF_DIR"};

bool names_subdataset(std::string_view prefix) {
    return std::any_of(std::begin(subdataset_prefixes), std::end(subdataset_prefixes),
                       [&](const char* known) { return EQUAL(std::string(prefix).c_str(), known); });
}

// "/vsi" where GDAL would take it for a virtual file system: at the start, or
// after something that can't be part of a folder's name.
bool names_virtual_path(std::string_view name) {
    for (auto at = name.find("/vsi"); at != std::string::npos; at = name.find("/vsi", at + 1)) {
        const char before = at == 0 ? ':' : name[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) == 0 &&
            std::string_view("/._-").find(before) == std::string_view::npos)
            return true;
    }
    return false;
}

// "/vsis3_streaming/...": what is read past its beginning again would be fetched again.
bool names_stream(std::string_view name) {
    if (!name.starts_with("/vsi"))
        return false;
    for (auto at = name.find("/vsi"); at != name.npos; at = name.find("/vsi", at + 1))
        if (name.substr(at, name.find('/', at + 1) - at).ends_with("_streaming"))
            return true;
    return false;
}

} // namespace

// "PG", "NETCDF" ... when the name starts with such a prefix, else empty.
static std::string_view connection_prefix(std::string_view name) {
    const auto end = std::find_if(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) == 0 && c != '_' && c != '+' && c != '-';
    });
    const auto length = static_cast<std::size_t>(end - name.begin());
    return length >= 2 && length < name.size() && name[length] == ':' ? name.substr(0, length) : std::string_view{};
}

static bool is_there(const std::string& path) {
    std::error_code too_long;
    return std::filesystem::exists(path, too_long);
}

void check_name(const std::string& path, const Access& access) {
    const std::size_t start = path.find_first_not_of(" \t\r\n");
    if (start == std::string::npos)
        throw Error("a file's name is missing");
    if (std::string_view("<{").find(path[start]) != std::string_view::npos ||
        path.find_first_of(std::string_view("\0\n", 2)) != std::string::npos)
        throw Error("{:.40}...: a file's name is expected here, not its content",
                    path.substr(0, path.find_first_of(std::string_view("\0\n", 2))));
    if (access.network && names_stream(path))
        throw Error("{}: streams are not read; name the file without '_streaming', as in /vsis3/", path);
    if (access.network)
        return;
    if (names_virtual_path(path) || path.find("://") != std::string::npos)
        throw Error("{}: URLs and /vsi paths are opened only with --allow-network", path);
    const std::string_view prefix = connection_prefix(path);
    if (!prefix.empty() && !names_subdataset(prefix) && !is_there(path))
        throw Error("{}: '{}:' connections are opened only with --allow-network", path, prefix);
}

static unsigned flags_of(DatasetKind kind) {
    const unsigned raster = kind != DatasetKind::vector ? GDAL_OF_RASTER : 0;
    const unsigned vector = kind != DatasetKind::raster ? GDAL_OF_VECTOR : 0;
    return GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR | raster | vector;
}

// The study's rows are ours to read and nobody's to write; a table is read from its start.
constexpr const char* database_options[] = {
    "PRELUDE_STATEMENTS=SET default_transaction_read_only = on; SET synchronize_seqscans = off", nullptr};

// What libpq says of a failure, without what GDAL and the server put around it.
static std::string why_not_connected(const GdalComplaints& complaints) {
    std::string text = without_secrets(complaints.first());
    if (const std::string noise = "PQconnectdb failed. "; text.starts_with(noise))
        text.erase(0, noise.size());
    return text.empty() ? "it doesn't answer" : text;
}

static std::shared_ptr<GDALDataset> open_database(const std::string& name, DatasetKind kind, const Access& access) {
    check_name(name, access);
    if (kind == DatasetKind::raster)
        throw Error("{}: rasters in a database are not read; write them into files (gdal_translate)", name);
    const std::string words = "PG:" + connection_words(name);
    constexpr const char* drivers[] = {"PostgreSQL", nullptr};
    const GdalComplaints complaints;
    GDALDataset* dataset =
        GDALDataset::Open(words.c_str(), flags_of(DatasetKind::vector), drivers, database_options, nullptr);
    if (dataset == nullptr)
        throw Error("{}: can't be opened: {}", name, why_not_connected(complaints));
    return {dataset, [](GDALDataset* d) { GDALClose(d); }};
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

// What the server said: drivers that find nothing tell of formats. Empty where there is something.
static std::string why_not_there(const std::string& name) {
    VSICurlPartialClearCache(name.c_str());
    VSIErrorReset();
    VSIStatBufL info{};
    if (!name.starts_with("/vsi") ||
        VSIStatExL(name.c_str(), &info, VSI_STAT_EXISTS_FLAG | VSI_STAT_SET_ERROR_FLAG) == 0)
        return "";
    const std::string said = VSIGetLastErrorMsg();
    return said.empty() ? "no such file" : said;
}

static std::string why(const std::string& name, const GdalComplaints& complaints) {
    if (complaints.count() > 0 && complaints.first().find("not recognized as a supported") == std::string::npos)
        return complaints.first();
    const std::string not_there = why_not_there(name);
    return not_there.empty() ? "it is of no format that is read here (--allow-driver adds one of GDAL's)" : not_there;
}

std::shared_ptr<GDALDataset> open(const std::string& path, DatasetKind kind, const Access& access) {
    allow(access);
    if (names_database(path))
        return open_database(path, kind, access);
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
    const std::string name = with_password(path);
    GDALDataset* dataset = GDALDataset::Open(name.c_str(), flags_of(kind), drivers.List(), options.List(), nullptr);
    if (dataset == nullptr)
        throw Error("{}: can't be opened: {}", path, without_secrets(why(name, complaints)));
    return {dataset, [](GDALDataset* d) { GDALClose(d); }};
}

Crs crs_of(const GDALDataset& dataset) {
    const OGRSpatialReference* reference = dataset.GetSpatialRef();
    if (reference == nullptr || reference->IsEmpty())
        return {};
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    char* wkt = nullptr;
    const bool exported = reference->exportToWkt(&wkt, options) == OGRERR_NONE;
    const std::unique_ptr<char, void (*)(void*)> owner(wkt, CPLFree);
    return exported && wkt != nullptr && *wkt != '\0' ? parse_file_crs(wkt) : Crs{};
}

static void add_companions(std::vector<std::string>& files) {
    const std::vector<std::string> listed = files;
    std::set<std::string> known(listed.begin(), listed.end());
    for (const std::string& file : listed)
        for (std::string& name : companion_names(file))
            if (is_there(name) && known.insert(name).second)
                files.push_back(std::move(name));
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
    add_companions(files);
    return files;
}

} // namespace zonerank::rasters
