// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::rasters {

/// The file of this machine that a name stands for: itself, the archive of "/vsizip/data.zip/roads.shp" or the file of
/// "NETCDF:\"rain.nc\":mm"; none for what is somewhere else, or in a database. Looks at names and the disk alone.
std::optional<std::filesystem::path> local_file(const std::string& name);

/// What tells a file that is somewhere else from another of its name.
struct RemoteState {
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; ///< seconds since 1970; 0: not told
    std::string tag{};         ///< the server's ETag, if it has one

    friend bool operator==(const RemoteState&, const RemoteState&) = default;
};

/// The name by which a server is asked for what a name stands for: of a member of an archive that of the archive, of
/// a URL "/vsicurl/" and the URL. Empty for names of other things, on this machine or in databases. Looks at the text.
std::string server_name(const std::string& name);

/// Asks for the state of a "/vsi..." name or a URL anew, whatever GDAL remembers; what lies in an archive has the
/// archive's. None where nothing can be told: for other names, without an answer, where neither a time nor a tag is
/// told, and without the network that Access allows. Passwords as with_password() knows them. From any thread.
std::optional<RemoteState> remote_state(const std::string& name);

/// A file that is somewhere else.
struct RemoteFile {
    std::string name; ///< without passwords
    std::optional<RemoteState> state{};

    friend bool operator==(const RemoteFile&, const RemoteFile&) = default;
};

/// What of a source, no database, is somewhere else: itself first, where it is no local_file(), then its parts by their
/// server_name(), in order, as far as it can be opened. Nothing of a file of this machine without the network. Throws
/// Error when `access` forbids the source.
std::vector<RemoteFile> remote_files(const std::string& source, const Access& access);

} // namespace zonerank::rasters
