// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/file_lock.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

namespace zonerank::engine {

/// The folder of a batch, which no other batch writes to while this lives, on any machine
/// that shares the disk; or one in which several processes are at the same batch.
class BatchFolder {
public:
    /// Makes it where it is not there, and clears away what a batch that was killed has left. Throws Error naming it:
    /// another batch is at work in it, it holds what no batch has written, it can't be made or written.
    explicit BatchFolder(const std::filesystem::path& folder);

    /// Joins those who are at the batch of that name, or begins it for others to join. Throws Error also where
    /// another one is at work.
    BatchFolder(const std::filesystem::path& folder, const std::string& batch);

    BatchFolder(const BatchFolder&) = delete;
    BatchFolder& operator=(const BatchFolder&) = delete;
    ~BatchFolder(); ///< leaves no lock behind

    const std::filesystem::path& path() const { return m_path; } ///< absolute
    std::filesystem::path turns() const;                         ///< a folder for Turns, of one that was joined

    /// Of one that was joined, when all districts are known: waits until the others are at the end, too. True: the
    /// caller is the one to close it, alone now. False: another one has, or `stop` is set.
    bool closes(const std::atomic<bool>& stop);

    /// A file in it, whole or as it was: `write` makes another one, which takes its place. Throws Error.
    void write(const std::string& name, const std::function<void(const std::filesystem::path&)>& write) const;
    void write_text(const std::string& name, const std::string& text) const;
    void remove(const std::string& name) const; ///< if it is there

private:
    bool has_turns() const;
    void close_turns() const;
    bool joined(const std::string& batch);

    std::filesystem::path m_path;
    rasters::FileDescriptor m_lock;
    bool m_alone = true;
};

} // namespace zonerank::engine
