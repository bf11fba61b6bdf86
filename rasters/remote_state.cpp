// SPDX-License-Identifier: Apache-2.0
#include "rasters/remote_state.hpp"

#include "rasters/access.hpp"
#include "rasters/connection.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace zonerank::rasters {

namespace fs = std::filesystem;

static bool is_file(const fs::path& path) {
    std::error_code failed;
    return fs::is_regular_file(path, failed);
}

// What reads a file through another: the file may be one of this machine's. What follows "/vsis3/" and its like is
// none, though one may lie here under the bucket's name.
static bool reads_archives(std::string_view system) {
    constexpr std::string_view systems[] = {"/vsizip", "/vsitar", "/vsigzip", "/vsi7z", "/vsirar"};
    return std::ranges::find(systems, system) != std::end(systems);
}

// "/vsizip/{a.zip}/b.shp" and "/vsizip/a.zip/b.shp"; archives may lie in archives.
static std::optional<fs::path> archive_of(std::string_view name) {
    while (name.starts_with("/vsi")) {
        const std::size_t end = name.find('/', 1);
        if (!reads_archives(name.substr(0, end)))
            return std::nullopt;
        name.remove_prefix(end == name.npos ? name.size() : end + 1);
        while (name.starts_with('{'))
            name.remove_prefix(1);
    }
    for (fs::path path = name.substr(0, name.find('}')); path.has_relative_path(); path = path.parent_path())
        if (is_file(path))
            return path;
    return std::nullopt;
}

// Of "PREFIX:part:part" the part that is one, in quotes or not.
static std::optional<fs::path> file_among_parts(const std::string& name) {
    const CPLStringList parts(CSLTokenizeString2(name.c_str(), ":", CSLT_HONOURSTRINGS));
    for (int i = 1; i < parts.size(); ++i)
        if (is_file(parts[i]))
            return parts[i];
    return std::nullopt;
}

std::optional<fs::path> local_file(const std::string& name) {
    std::error_code failed;
    if (names_database(name))
        return std::nullopt;
    if (fs::exists(name, failed))
        return name;
    return name.starts_with("/vsi") ? archive_of(name) : file_among_parts(name);
}

// Few servers tell both; of what is no server nothing is told.
static std::string tag_of(const std::string& name) {
    const CPLStringList headers(VSIGetFileMetadata(name.c_str(), "HEADERS", nullptr));
    const char* const tag = headers.FetchNameValue("ETag");
    return tag ? tag : "";
}

std::optional<RemoteState> remote_state(const std::string& name) {
    if (!name.starts_with("/vsi"))
        return std::nullopt;
    initialise_gdal();
    const std::string asked = with_password(name);
    const GdalComplaints complaints;
    VSICurlPartialClearCache(asked.c_str());
    VSIStatBufL info{};
    if (VSIStatExL(asked.c_str(), &info, VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG | VSI_STAT_SIZE_FLAG) != 0)
        return std::nullopt;
    RemoteState state{static_cast<std::uint64_t>(info.st_size), info.st_mtime, tag_of(asked)};
    return state.modified != 0 || !state.tag.empty() ? std::optional(std::move(state)) : std::nullopt;
}

} // namespace zonerank::rasters
