// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_folder.hpp"

#include "rasters/core/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::FileDescriptor;

static constexpr const char* lock_name = ".zonerank-batch";
static constexpr const char* part_name = ".part-";

static bool is_ours(const fs::path& folder) {
    std::error_code failed;
    return fs::is_empty(folder, failed) || fs::exists(folder / lock_name) || fs::exists(folder / "batch.json");
}

static bool is_the_file(const FileDescriptor& file, const fs::path& path) {
    struct stat opened {
    }, named{};
    return ::fstat(file.get(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
}

/// Of a lock that was removed between opening and locking, which locks nothing, another is made.
static FileDescriptor locked(const fs::path& folder) {
    const fs::path path = folder / lock_name;
    for (;;) {
        FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!file.open())
            throw Error("{}: can't be written to: {}", folder.string(), std::strerror(errno));
        if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
            throw Error("{}: another batch of zonerank is writing it", folder.string());
        if (is_the_file(file, path))
            return file;
    }
}

/// What a batch that was killed was writing beside its files, and the journals of that.
static void clear_leftovers(const fs::path& folder) {
    std::vector<fs::path> left;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(part_name))
            left.push_back(entry.path());
    std::error_code ignored;
    for (const fs::path& path : left)
        fs::remove(path, ignored);
}

BatchFolder::BatchFolder(const fs::path& folder) : m_path(fs::absolute(folder).lexically_normal()) {
    std::error_code failed;
    fs::create_directories(m_path, failed);
    if (!fs::is_directory(m_path))
        throw Error("{}: can't be made: {}", m_path.string(), failed ? failed.message() : "a file has that name");
    if (!is_ours(m_path))
        throw Error("{}: holds files that no batch of zonerank has written (no batch.json); name another folder",
                    m_path.string());
    m_lock = locked(m_path);
    clear_leftovers(m_path);
}

BatchFolder::~BatchFolder() {
    std::error_code ignored;
    fs::remove(m_path / lock_name, ignored);
}

void BatchFolder::write(const std::string& name, const std::function<void(const fs::path&)>& write) const {
    const rasters::Unfinished part(m_path / (part_name + name));
    write(part.path());
    rasters::move_into_place(part.path(), m_path / name);
}

void BatchFolder::write_text(const std::string& name, const std::string& text) const {
    write(name, [&](const fs::path& path) { rasters::write_text(path, text); });
}

void BatchFolder::remove(const std::string& name) const {
    std::error_code ignored;
    fs::remove(m_path / name, ignored);
}

} // namespace zonerank::engine
