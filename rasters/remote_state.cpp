// SPDX-License-Identifier: Apache-2.0
#include "rasters/remote_state.hpp"

#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <iterator>
#include <array>
#include <set>
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

namespace {

// What GDAL looks into, and the names by which it knows where the archive's own ends.
struct Container {
    std::string_view system;
    std::array<std::string_view, 6> ends;
};
constexpr std::array containers{Container{"/vsizip/", {".zip", ".kmz", ".ods", ".xlsx", ".xlsm", ".dwf"}},
                                Container{"/vsitar/", {".tar", ".tar.gz", ".tgz", "", "", ""}},
                                Container{"/vsigzip/", {}}};
constexpr std::array servers{"/vsicurl", "/vsis3",    "/vsigs",      "/vsiaz",  "/vsiadls",
                             "/vsioss",  "/vsiswift", "/vsiwebhdfs", "/vsihdfs"};

// Up to the first of its ends that a slash or nothing follows; all of it where none is there.
std::string_view archive_in(std::string_view rest, const Container& container) {
    std::size_t end = rest.npos;
    for (const std::string_view ending : container.ends)
        for (std::size_t at = rest.find(ending); !ending.empty() && at != rest.npos; at = rest.find(ending, at + 1))
            if (at + ending.size() == rest.size() || rest[at + ending.size()] == '/')
                end = std::min(end, at + ending.size());
    return rest.substr(0, end);
}

// "{a}/b": what is in the outermost braces.
std::string_view in_braces(std::string_view rest) {
    int depth = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        depth += rest[i] == '{' ? 1 : rest[i] == '}' ? -1 : 0;
        if (depth == 0)
            return rest.substr(1, i - 1);
    }
    return {};
}

} // namespace

std::string server_name(const std::string& name) {
    for (const char* scheme : {"http://", "https://", "ftp://"})
        if (name.starts_with(scheme))
            return "/vsicurl/" + name;
    for (const Container& container : containers)
        if (name.starts_with(container.system)) {
            const std::string_view rest = std::string_view(name).substr(container.system.size());
            const std::string_view archive = rest.starts_with('{') ? in_braces(rest) : archive_in(rest, container);
            return server_name((archive.starts_with("vsi") ? "/" : "") + std::string(archive));
        }
    const auto is_system = [&](std::string_view server) {
        if (!name.starts_with(server) || name.size() == server.size())
            return false;
        const std::string_view rest = std::string_view(name).substr(server.size());
        return rest.starts_with('/') || rest.starts_with('?') || rest.starts_with("_streaming/");
    };
    return std::ranges::any_of(servers, is_system) ? name : "";
}

// Few servers tell both; of what is no server nothing is told.
static std::string tag_of(const std::string& name) {
    const CPLStringList headers(VSIGetFileMetadata(name.c_str(), "HEADERS", nullptr));
    const char* const tag = headers.FetchNameValue("ETag");
    return tag ? tag : "";
}

std::optional<RemoteState> remote_state(const std::string& name) {
    const std::string server = server_name(name), known = with_password(name);
    const std::string asked = server.empty() ? known : server_name(known);
    if (!asked.starts_with("/vsi"))
        return std::nullopt;
    initialise_gdal();
    const GdalComplaints complaints;
    VSICurlPartialClearCache(asked.c_str());
    VSIStatBufL info{};
    if (VSIStatExL(asked.c_str(), &info, VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG | VSI_STAT_SIZE_FLAG) != 0)
        return std::nullopt;
    RemoteState state{static_cast<std::uint64_t>(info.st_size), info.st_mtime, tag_of(asked)};
    return state.modified != 0 || !state.tag.empty() ? std::optional(std::move(state)) : std::nullopt;
}

std::vector<RemoteFile> remote_files(const std::string& source, const Access& access) {
    check_name(source, access);
    allow(access);
    std::vector<RemoteFile> files;
    std::set<std::string> parts;
    const bool is_local = local_file(source).has_value();
    if (is_local && !access.network)
        return files;
    if (!is_local)
        files.push_back({source, remote_state(source)});
    try {
        for (const std::string& file : files_of(source, access))
            parts.insert(server_name(without_password(file)));
    } catch (const Error&) { // its state tells, or nothing does
        return files;
    }
    for (const std::string& part : parts)
        if (!part.empty() && part != server_name(source))
            files.push_back({part, remote_state(part)});
    return files;
}

} // namespace zonerank::rasters
