// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

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

/// Asks for the state of a "/vsi..." name anew, whatever GDAL remembers. None where nothing can be told: for other
/// names, without an answer, where neither a time nor a tag is told, and without the network that Access allows.
/// Passwords as with_password() knows them. From any thread.
std::optional<RemoteState> remote_state(const std::string& name);

} // namespace zonerank::rasters
