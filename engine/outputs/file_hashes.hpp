// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/core/files.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

struct FileHash {
    std::uintmax_t bytes = 0;
    std::string sha256;
};

/// What a table of a database held.
struct TableHash {
    std::uintmax_t rows = 0;
    std::string sha256; ///< of the rows' own, sorted: whatever the order they come in
};

/// Reads a table again, in a session of its own. `table` as for layers::chosen_table(). Throws Error
/// when it can't be read.
TableHash hash_of_table(const std::string& database, const std::string& table, const rasters::Access& access);

/// What is known of files before they are asked for.
struct KnownFiles {
    std::map<std::filesystem::path, FileHash> hashes;
    std::map<std::string, std::vector<std::filesystem::path>> parts;   ///< that a source consists of
    std::map<std::pair<std::string, std::string>, TableHash> tables{}; ///< by database and table
};

/// SHA-256 of files and tables, each read once, however many ask. From any thread.
class FileHashes {
public:
    FileHash of(const std::filesystem::path& file); ///< throws Error when it can't be read

    /// Of a table; as hash_of_table(). Passes on what that throws.
    TableHash of_table(const std::string& database, const std::string& table, const rasters::Access& access);

    /// Takes over what is known of files already, such as the inputs that an earlier run has read.
    void know(const KnownFiles& files);

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
    std::map<std::pair<std::string, std::string>, TableHash> m_tables;
};

} // namespace zonerank::engine
