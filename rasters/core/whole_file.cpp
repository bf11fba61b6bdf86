// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/whole_file.hpp"

#include "rasters/core/files.hpp"

#include <cerrno>
#include <cstring>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::rasters {

namespace fs = std::filesystem;

Unreadable::Unreadable(const fs::path& path, int failed)
    : PlacedError("{}: can't be read: {}", path.string(), std::strerror(failed)) {}

static bool is_absence(int failed) {
    return failed == ENOENT || failed == ENOTDIR;
}

std::optional<std::uint64_t> size_if_there(const fs::path& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0 && !is_absence(errno))
        throw Unreadable(path, errno);
    return S_ISREG(about.st_mode) ? std::optional(static_cast<std::uint64_t>(about.st_size)) : std::nullopt;
}

static void read_all(const FileDescriptor& file, const fs::path& path, std::uint64_t most, std::string& bytes) {
    char piece[1 << 16];
    for (;;) {
        const ssize_t done = ::read(file.get(), piece, sizeof(piece));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            throw Unreadable(path, errno);
        if (done == 0)
            return;
        bytes.append(piece, static_cast<std::size_t>(done));
        if (bytes.size() > most)
            throw Error("{}: larger than {} MiB", path.string(), most >> 20);
    }
}

std::optional<std::string> read_if_there(const fs::path& path, std::uint64_t most) {
    const std::optional<std::uint64_t> size = size_if_there(path); // a pipe would be waited for
    const FileDescriptor file(size ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
    if (!size || (!file.open() && is_absence(errno)))
        return std::nullopt;
    if (!file.open())
        throw Unreadable(path, errno);
    std::string bytes;
    read_all(file, path, most, bytes);
    return bytes;
}

fs::path name_beside(const fs::path& path) {
    std::random_device random;
    return path.parent_path() / fmt::format(".{}.tmp-{}-{:08x}", path.filename().string(), ::getpid(), random());
}

void rename_over(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        throw Error("{}: can't be put in place: {}", to.string(), std::strerror(errno));
}

void write_whole(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    const Unfinished made(name_beside(path));
    write(made.path());
    rename_over(made.path(), path);
}

} // namespace zonerank::rasters
