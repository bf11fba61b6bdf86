// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace zonerank::engine {

struct FileHash {
    std::uintmax_t bytes = 0;
    std::string sha256;
};

/// SHA-256 of files, each read once, however many ask. From any thread.
class FileHashes {
public:
    FileHash of(const std::filesystem::path& file); ///< throws Error when it can't be read

    /// The files that a source consists of, listed once by `list`.
    std::vector<std::filesystem::path> parts(const std::string& source,
                                             const std::function<std::vector<std::filesystem::path>()>& list);

    /// Writes a file by `write`, which shows its bytes to a watch in order, and knows its
    /// hash without reading it.
    void write(const std::filesystem::path& file, const std::function<void(const rasters::Watch&)>& write);

private:
    std::mutex m_mutex;
    std::map<std::filesystem::path, FileHash> m_known;
    std::map<std::string, std::vector<std::filesystem::path>> m_parts;
};

} // namespace zonerank::engine
