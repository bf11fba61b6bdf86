// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/file_state.hpp"

#include "rasters/core/error.hpp"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

namespace zonerank::rasters {

// Of times beyond 2262 some digits are lost; they still differ where the times do.
static std::int64_t nanoseconds(const timespec& time) {
    constexpr std::uint64_t of_a_second = 1'000'000'000;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * of_a_second +
                                     static_cast<std::uint64_t>(time.tv_nsec));
}

std::optional<FileState> file_state(const std::filesystem::path& file) {
    struct stat s {};
    if (::stat(file.c_str(), &s) == 0)
        return FileState{s.st_dev, s.st_ino, static_cast<std::uint64_t>(s.st_size), nanoseconds(s.st_mtim)};
    if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
        return std::nullopt;
    throw Error("{}: can't be looked at: {}", file.string(), std::strerror(errno));
}

} // namespace zonerank::rasters
