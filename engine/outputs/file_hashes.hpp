// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace zonerank::engine {

struct FileHash {
    std::uintmax_t bytes = 0;
    std::string sha256;
};

/// SHA-256 of files, each read once, however many ask. From any thread.
class FileHashes {
public:
    FileHash of(const std::filesystem::path& file); ///< throws Error when it can't be read

private:
    std::mutex m_mutex;
    std::map<std::filesystem::path, FileHash> m_known;
};

} // namespace zonerank::engine
