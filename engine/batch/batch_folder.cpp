// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_folder.hpp"

#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <thread>
#include <vector>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::FileDescriptor;
using rasters::Lock;

static constexpr const char* lock_name = ".zonerank-batch";
static constexpr const char* turns_name = ".zonerank-turns";
static constexpr const char* part_name = ".part-";
static constexpr std::chrono::milliseconds between_looks{100};

static bool is_ours(const fs::path& folder) {
    std::error_code failed;
    return fs::is_empty(folder, failed) || fs::exists(folder / lock_name) || fs::exists(folder / "batch.json");
}

static fs::path our_folder(const fs::path& folder) {
    fs::path path = fs::absolute(folder).lexically_normal();
    std::error_code failed;
    fs::create_directories(path, failed);
    if (!fs::is_directory(path))
        throw Error("{}: can't be made: {}", path.string(), failed ? failed.message() : "a file has that name");
    if (!is_ours(path))
        throw Error("{}: holds files that no batch of zonerank has written (no batch.json); name another folder",
                    path.string());
    return path;
}

[[noreturn]] static void throw_busy(const fs::path& folder, const std::string& more = "") {
    throw Error("{}: another batch of zonerank is writing it{}", folder.string(), more);
}

/// What a batch that was killed was writing beside its files, and the journals of that.
static void clear_parts(const fs::path& folder) {
    std::vector<fs::path> left;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(part_name))
            left.push_back(entry.path());
    std::error_code ignored;
    for (const fs::path& path : left)
        fs::remove(path, ignored);
}

static void clear_leftovers(const fs::path& folder) {
    clear_parts(folder);
    std::error_code ignored;
    fs::remove_all(folder / turns_name, ignored);
}

BatchFolder::BatchFolder(const fs::path& folder) : m_path(our_folder(folder)) {
    std::optional<FileDescriptor> lock = rasters::lock_file(m_path / lock_name, Lock::alone);
    if (!lock)
        throw_busy(m_path, fs::exists(m_path / turns_name) ? "; --join joins it" : "");
    m_lock = std::move(*lock);
    clear_leftovers(m_path);
}

static fs::path batch_file(const fs::path& folder) {
    return folder / turns_name / "batch";
}

static std::string batch_at_work(const fs::path& folder) {
    std::ifstream file(batch_file(folder));
    std::string name;
    std::getline(file, name);
    return name;
}

/// Who finds nobody else begins anew. Another who comes before that one has joined begins once more, just so.
bool BatchFolder::joined(const std::string& batch) {
    if (std::optional<FileDescriptor> lock = rasters::lock_file(m_path / lock_name, Lock::alone)) {
        clear_leftovers(m_path);
        fs::create_directory(m_path / turns_name);
        rasters::write_text(batch_file(m_path), batch + "\n");
    }
    std::optional<FileDescriptor> lock = rasters::lock_file(m_path / lock_name, Lock::shared);
    if (!lock || !has_turns())
        return false;
    m_lock = std::move(*lock);
    if (batch_at_work(m_path) != batch)
        throw_busy(m_path, ": other districts, or by another study or version");
    return true;
}

BatchFolder::BatchFolder(const fs::path& folder, const std::string& batch)
    : m_path(our_folder(folder)), m_alone(false) {
    constexpr int attempts = 100; // while another begins or closes
    for (int attempt = 1; !joined(batch); ++attempt) {
        if (attempt == attempts)
            throw_busy(m_path, ", alone");
        std::this_thread::sleep_for(between_looks);
    }
}

fs::path BatchFolder::turns() const {
    return m_path / turns_name;
}

bool BatchFolder::has_turns() const {
    std::error_code failed;
    return fs::is_directory(m_path / turns_name, failed);
}

bool BatchFolder::closes(const std::atomic<bool>& stop) {
    while (!m_alone && !stop) {
        m_alone = rasters::change_lock(m_lock, Lock::alone);
        if (!m_alone)
            std::this_thread::sleep_for(between_looks);
    }
    if (!m_alone || !rasters::is_named(m_lock, m_path / lock_name) || !has_turns())
        return false;
    clear_parts(m_path); // of those who were killed
    return true;
}

void BatchFolder::close_turns() const {
    std::error_code ignored;
    fs::remove_all(m_path / turns_name, ignored);
}

// One that goes early leaves the lock's file to the others.
BatchFolder::~BatchFolder() {
    m_alone = m_alone || rasters::change_lock(m_lock, Lock::alone);
    if (!m_alone || !rasters::is_named(m_lock, m_path / lock_name))
        return;
    close_turns();
    std::error_code ignored;
    fs::remove(m_path / lock_name, ignored);
}

void BatchFolder::write(const std::string& name, const std::function<void(const fs::path&)>& write) const {
    std::random_device random; // others who have joined may write the same file
    const rasters::Unfinished part(m_path / fmt::format("{}{}-{:08x}-{}", part_name, ::getpid(), random(), name));
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
