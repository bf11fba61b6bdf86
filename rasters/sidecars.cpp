// SPDX-License-Identifier: Apache-2.0
#include "rasters/sidecars.hpp"

#include "rasters/core/error.hpp"

#include <filesystem>
#include <fstream>
#include <string_view>

namespace zonerank::rasters {

static std::string head_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string head(100, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

// SQLite in write-ahead mode makes -wal and -shm files even for a reader,
// unless it is told that nobody writes.
bool has_write_ahead_log(const std::string& path) {
    const std::string head = head_of(path);
    if (head.size() < 20 || head.compare(0, 15, "SQLite format 3") != 0 || head[18] != 2)
        return false;
    std::error_code absent;
    const auto pending = std::filesystem::file_size(path + "-wal", absent);
    if (!absent && pending > 0)
        throw Error("{}: another program has changes in {}-wal that are not in the file yet; close it there first",
                    path, path);
    return true;
}

// An overview or mask beside a file may be of any format, so also a VRT that
// nobody checked.
void check_sidecars(const std::string& path) {
    for (const char* extension : {".ovr", ".msk", ".ovr.msk", ".msk.ovr"}) {
        const std::string head = head_of(path + extension);
        if (!head.empty() && head.compare(0, 2, "II") != 0 && head.compare(0, 2, "MM") != 0)
            throw Error("{}{}: overviews and masks are read from TIFF only", path, extension);
    }
}

} // namespace zonerank::rasters
