// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace zonerank::engine {

/// The folder of a batch, which no other batch writes to while this lives, on any machine
/// that shares the disk.
class BatchFolder {
public:
    /// Makes it where it is not there, and clears away what a batch that was killed has left. Throws Error naming it:
    /// another batch is at work in it, it holds what no batch has written, it can't be made or written.
    explicit BatchFolder(const std::filesystem::path& folder);
    BatchFolder(const BatchFolder&) = delete;
    BatchFolder& operator=(const BatchFolder&) = delete;
    ~BatchFolder(); ///< leaves no lock behind

    const std::filesystem::path& path() const { return m_path; } ///< absolute

    /// A file in it, whole or as it was: `write` makes another one, which takes its place. Throws Error.
    void write(const std::string& name, const std::function<void(const std::filesystem::path&)>& write) const;
    void write_text(const std::string& name, const std::string& text) const;
    void remove(const std::string& name) const; ///< if it is there

private:
    std::filesystem::path m_path;
    rasters::FileDescriptor m_lock;
};

} // namespace zonerank::engine
