// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/publish.hpp"

#include "engine/outputs/earlier_run.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/file_lock.hpp"
#include "rasters/core/lock_support.hpp"
#include "rasters/core/whole_file.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::FileDescriptor;
using rasters::rename_over;

namespace {

// In each staging folder, locked as long as its run lives.
constexpr const char* lock_name = ".zonerank-lock";

bool is_folder(const fs::path& path) {
    std::error_code failed;
    return fs::is_directory(fs::symlink_status(path, failed));
}

bool is_empty_folder(const fs::path& path) {
    std::error_code failed;
    return is_folder(path) && fs::is_empty(path, failed) && !failed;
}

dev_t device_of(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_dev : 0;
}

void check_target(const fs::path& target) {
    std::error_code failed;
    const fs::file_status status = fs::symlink_status(target, failed);
    if (status.type() == fs::file_type::not_found)
        return;
    if (status.type() != fs::file_type::directory)
        throw Error("{}: is no folder; results need one", target.string());
    if (device_of(target) != device_of(target.parent_path()))
        throw Error("{}: is a mount point, which can't be replaced in one step; name a folder inside it",
                    target.string());
    if (!is_empty_folder(target) && !files_of_run(target))
        throw Error("{}: holds files that zonerank has not written (no manifest.json of its own); name another folder",
                    target.string());
}

// Held for moments while folders are made, cleared away or put in place. File
// systems that lock no folders go without.
FileDescriptor lock_folder(const fs::path& folder) {
    FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.open())
        throw Error("{}: can't be read: {}", folder.string(), std::strerror(errno));
    while (!rasters::change_lock(file, rasters::Lock::alone))
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return file;
}

// Whether the run that made a staging folder is still at work. Of what can't be
// opened nobody can say that it is not.
bool is_alive(const fs::path& staging) {
    const FileDescriptor file(::open((staging / lock_name).c_str(), O_RDWR | O_CLOEXEC));
    if (!file.open())
        return errno != ENOENT && errno != ENOTDIR;
    return !rasters::change_lock(file, rasters::Lock::alone);
}

bool is_ours(const fs::path& folder) {
    return fs::exists(folder / lock_name) || is_empty_folder(folder) || files_of_run(folder);
}

// What marks it as ours goes last: a removal that is killed is ended by the next run.
void remove_quietly(const fs::path& folder) {
    std::error_code failed;
    if (!is_folder(folder))
        return;
    const FileDescriptor mark(::open((folder / lock_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    std::vector<fs::path> others;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed))
        if (entry.path().filename() != lock_name)
            others.push_back(entry.path());
    for (const fs::path& other : others)
        fs::remove_all(other, failed);
    fs::remove_all(folder, failed);
}

std::vector<fs::path> folders_called(const fs::path& parent, const std::string& start) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent))
        if (entry.path().filename().string().starts_with(start) && is_folder(entry.path()))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::string random_letters() {
    std::random_device random;
    std::string letters;
    for (int i = 0; i < 6; ++i)
        letters += "abcdefghijklmnopqrstuvwxyz0123456789"[random() % 36];
    return letters;
}

fs::path beside(const fs::path& target, const char* what) {
    return target.parent_path() / fmt::format(".{}{}", target.filename().string(), what);
}

// Files in themselves, and the folders that hold them.
void sync_all(const fs::path& folder) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (const auto type = entry.symlink_status().type();
            type == fs::file_type::regular || type == fs::file_type::directory)
            rasters::sync(entry.path());
    rasters::sync(folder);
}

void sync_folders(const fs::path& folder) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (is_folder(entry.path()))
            rasters::sync(entry.path());
    rasters::sync(folder);
}

fs::path resolved(const fs::path& target) {
    fs::path path = fs::weakly_canonical(fs::absolute(target));
    if (!path.has_filename())
        path = path.parent_path();
    if (!path.has_filename())
        throw Error("{}: can't be replaced by results; name a folder below it", target.string());
    return path;
}

/// What the standard library says of files, as an Error.
template <typename F>
void telling(F&& f) {
    try {
        f();
    } catch (const fs::filesystem_error& error) {
        throw Error("{}: {}", error.path1().string(), error.code().message());
    }
}

} // namespace

bool exchange(const fs::path& a, const fs::path& b) {
    if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0)
        return true;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return false;
    throw Error("{}: can't be put in place: {}", b.string(), std::strerror(errno));
}

void replace(const fs::path& target, const fs::path& fresh, const fs::path& aside) {
    rename_over(target, aside);
    try {
        rename_over(fresh, target);
    } catch (const Error&) {
        rename_over(aside, target);
        throw;
    }
}

void check_output(const fs::path& target) {
    telling([&] {
        const fs::path path = resolved(target);
        check_target(path);
        fs::path parent = path.parent_path();
        while (!fs::exists(parent))
            parent = parent.parent_path();
        if (::access(parent.c_str(), W_OK) != 0)
            throw Error("{}: can't be written to: {}", parent.string(), std::strerror(errno));
    });
}

Staging::Staging(const fs::path& target) {
    telling([&] {
        m_target = resolved(target);
        make_parents();
        const FileDescriptor lock = lock_folder(m_target.parent_path());
        clear_leftovers();
        check_target(m_target);
        make_folder();
        m_undo.emplace([this] { take_back(); });
    });
}

void Staging::make_parents() {
    fs::path missing = m_target.parent_path();
    for (; !fs::exists(missing); missing = missing.parent_path())
        m_parents.insert(m_parents.begin(), missing);
    for (const fs::path& parent : m_parents)
        if (::mkdir(parent.c_str(), 0777) != 0 && errno != EEXIST)
            throw Error("{}: can't be made: {}", parent.string(), std::strerror(errno));
}

void Staging::clear_leftovers() const {
    for (const fs::path& folder : folders_called(m_target.parent_path(), beside(m_target, ".part-").filename())) {
        if (is_alive(folder))
            throw Error("{}: another run of zonerank is writing it", m_target.string());
        if (is_ours(folder))
            remove_quietly(folder);
    }
    // A run was killed between the two steps of replace().
    for (const fs::path& old : folders_called(m_target.parent_path(), beside(m_target, ".old-").filename()))
        if (!fs::exists(fs::symlink_status(m_target)) && is_ours(old))
            rename_over(old, m_target);
        else if (is_ours(old))
            remove_quietly(old);
}

void Staging::make_folder() {
    int failed = 0;
    do {
        m_folder = beside(m_target, ".part-") += random_letters();
        failed = ::mkdir(m_folder.c_str(), 0777) == 0 ? 0 : errno;
    } while (failed == EEXIST);
    const std::string parent = m_target.parent_path().string();
    if (failed != 0)
        throw Error("{}: can't be written to: {}", parent, std::strerror(failed));
    lock_staging();
}

void Staging::lock_staging() {
    try {
        std::optional<FileDescriptor> lock = rasters::lock_file(m_folder / lock_name, rasters::Lock::alone);
        if (!lock)
            throw Error("{}: another run of zonerank is writing it", m_target.string());
        m_lock = std::move(*lock);
        rasters::check_locks(m_folder / lock_name, m_target.parent_path());
    } catch (const Error&) {
        remove_quietly(m_folder);
        throw;
    }
}

Staging::~Staging() {
    if (!m_committed)
        take_back();
}

void Staging::take_back() const {
    remove_quietly(m_folder);
    for (auto parent = m_parents.rbegin(); parent != m_parents.rend(); ++parent)
        ::rmdir(parent->c_str()); // only when nothing is in it
}

void Staging::put_in_place() {
    const rasters::Placing placing;
    m_undo.reset();
    const FileDescriptor lock = lock_folder(m_target.parent_path());
    fs::remove(m_folder / lock_name);
    m_lock = FileDescriptor(); // NFS keeps a file that is open in its folder
    const fs::path aside = beside(m_target, ".old-") += random_letters();
    if (!is_folder(m_target))
        rename_over(m_folder, m_target);
    else if (!exchange(m_folder, m_target))
        replace(m_target, m_folder, aside);
    m_committed = true;
    rasters::sync(m_target.parent_path());
    remove_quietly(m_folder); // the earlier results are in one of the two
    remove_quietly(aside);
}

std::vector<std::string> Staging::commit() {
    std::vector<std::string> carried;
    telling([&] {
        sync_all(m_folder);
        check_target(m_target); // hours may have passed
        if (is_folder(m_target))
            fs::permissions(m_folder, fs::status(m_target).permissions());
        if (const auto written = files_of_run(m_target))
            carried = carry_over(m_target, *written, m_folder);
        sync_folders(m_folder);
        put_in_place();
    });
    return carried;
}

} // namespace zonerank::engine
