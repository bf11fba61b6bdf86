// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/file_lock.hpp"

#include "rasters/core/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace zonerank::rasters {

static bool locked(const FileDescriptor& file, Lock lock) {
    return ::flock(file.get(), (lock == Lock::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
}

bool is_named(const FileDescriptor& file, const std::filesystem::path& path) {
    struct stat opened {
    }, named{};
    return ::fstat(file.get(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

std::optional<FileDescriptor> lock_file(const std::filesystem::path& path, Lock lock) {
    for (;;) { // who removes the file while we open it leaves us with a lock of nothing
        FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!file.open())
            throw Error("{}: can't be written to: {}", path.parent_path().string(), std::strerror(errno));
        if (!locked(file, lock) && errno == EWOULDBLOCK)
            return std::nullopt;
        if (is_named(file, path)) // locked, or on a file system that has no locks
            return file;
    }
}

bool change_lock(const FileDescriptor& file, Lock lock) {
    return locked(file, lock) || errno != EWOULDBLOCK;
}

} // namespace zonerank::rasters
