// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/file_hashes.hpp"
#include "rasters/access.hpp"
#include "rasters/remote_state.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// What the inputs of a batch's studies hold. A file is read once while its size and time of change stay the
/// same, a source is listed once while its folder does; tables are read and servers asked once. What the last
/// `kept_studies` have not asked for is forgotten, so that memory is that of a few districts. From any thread.
class InputHashes {
public:
    static constexpr std::uint64_t kept_studies = 64;

    explicit InputHashes(rasters::Access access = {}) : m_access(std::move(access)) {}

    /// Another study's inputs come.
    void next_study();

    FileHash of(const std::filesystem::path& file); ///< throws Error when it can't be read

    /// The files on this machine that a source consists of; throws Error when it can't be opened.
    std::vector<std::filesystem::path> files_of(const std::string& source);

    /// What of it is somewhere else, with its state; throws Error when it is not allowed.
    std::vector<rasters::RemoteFile> remotes_of(const std::string& source);

    /// What a table held when it was asked for first. Throws Error when it can't be read, or is not allowed.
    TableHash of_table(const std::string& database, const std::string& table);

    /// The files of these sources with their hashes, none read again that is known. Throws Error as files_of(), of().
    KnownFiles known(const std::vector<std::string>& sources);

    std::size_t size() const; ///< of all that is known

private:
    using Time = std::filesystem::file_time_type;
    template <typename T>
    struct Kept {
        T value;
        std::uint64_t study = 0; ///< that asked last
    };
    struct Known {
        Time changed;
        FileHash hash;
    };
    struct Parts {
        std::pair<Time, Time> changed; ///< the source, its folder
        std::vector<std::filesystem::path> files;
    };
    template <typename Key, typename T, typename Find>
    T kept(std::map<Key, Kept<T>>& all, const Key& key, Find&& find);

    rasters::Access m_access;
    mutable std::mutex m_mutex;
    std::uint64_t m_study = 0;
    std::map<std::filesystem::path, Kept<Known>> m_files;
    std::map<std::string, Kept<Parts>> m_parts;
    std::map<std::string, Kept<std::vector<rasters::RemoteFile>>> m_remotes;
    std::map<std::pair<std::string, std::string>, Kept<TableHash>> m_tables;
};

} // namespace zonerank::engine
