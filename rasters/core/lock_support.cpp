// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/lock_support.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>

namespace zonerank::rasters {

// One that another holds, and be it ourselves, is a lock, too.
void check_locks(const std::filesystem::path& file, const std::filesystem::path& folder) {
    const FileDescriptor opened(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    if (!opened.open() || ::flock(opened.get(), LOCK_SH | LOCK_NB) == 0 || errno == EWOULDBLOCK || errno == EINTR)
        return;
    throw Error("{}: its file system has no locks, without which two runs could undo each other's work ({}); have it "
                "mounted with them (Lustre: -o flock), or name a folder elsewhere",
                folder.string(), std::strerror(errno));
}

} // namespace zonerank::rasters
