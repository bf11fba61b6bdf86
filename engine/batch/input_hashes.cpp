// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/input_hashes.hpp"

#include "engine/model/inputs.hpp"
#include "rasters/core/error.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

fs::file_time_type time_of(const fs::path& file) {
    std::error_code failed;
    const fs::file_time_type time = fs::last_write_time(file, failed);
    return failed ? fs::file_time_type::min() : time;
}

/// When a source and its folder have changed: none but names in a folder say that a part came or went.
std::pair<fs::file_time_type, fs::file_time_type> times_of(const std::string& source) {
    const fs::path file = rasters::local_file(source).value_or(source);
    return {time_of(file), time_of(file.parent_path())};
}

} // namespace

template <typename Key, typename T, typename Find>
T InputHashes::kept(std::map<Key, Kept<T>>& all, const Key& key, Find&& find) {
    auto known = all.find(key);
    if (known == all.end())
        known = all.emplace(key, Kept<T>{find(), 0}).first;
    known->second.study = m_study;
    return known->second.value;
}

void InputHashes::next_study() {
    const std::scoped_lock lock(m_mutex);
    ++m_study;
    const auto forget = [this](auto& all) {
        std::erase_if(all, [this](const auto& one) { return one.second.study + kept_studies < m_study; });
    };
    forget(m_files);
    forget(m_parts);
    forget(m_remotes);
    forget(m_tables);
}

FileHash InputHashes::of(const fs::path& file) {
    const std::scoped_lock lock(m_mutex);
    std::error_code failed;
    const fs::path key = fs::weakly_canonical(file, failed);
    const fs::file_time_type changed = fs::last_write_time(key, failed);
    if (failed)
        throw Error("{}: {}", file.string(), failed.message());
    const auto known = m_files.find(key);
    if (known != m_files.end() &&
        (known->second.value.changed != changed || known->second.value.hash.bytes != fs::file_size(key, failed)))
        m_files.erase(known);
    return kept(m_files, key,
                [&] {
                    FileHashes fresh;
                    return Known{changed, fresh.of(key)};
                })
        .hash;
}

std::vector<fs::path> InputHashes::files_of(const std::string& source) {
    const std::scoped_lock lock(m_mutex);
    const auto changed = times_of(source);
    if (const auto known = m_parts.find(source); known != m_parts.end() && known->second.value.changed != changed)
        m_parts.erase(known);
    return kept(m_parts, source, [&] { return Parts{changed, input_files(source, m_access)}; }).files;
}

std::vector<rasters::RemoteFile> InputHashes::remotes_of(const std::string& source) {
    const std::scoped_lock lock(m_mutex);
    return kept(m_remotes, source, [&] { return rasters::remote_files(source, m_access); });
}

TableHash InputHashes::of_table(const std::string& database, const std::string& table) {
    const std::scoped_lock lock(m_mutex);
    return kept(m_tables, std::pair(database, table), [&] { return hash_of_table(database, table, m_access); });
}

std::size_t InputHashes::size() const {
    const std::scoped_lock lock(m_mutex);
    return m_files.size() + m_parts.size() + m_remotes.size() + m_tables.size();
}

KnownFiles InputHashes::known(const std::vector<std::string>& sources) {
    KnownFiles files;
    for (const std::string& source : sources)
        for (const fs::path& file : files.parts[source] = files_of(source))
            files.hashes.emplace(file, of(file));
    return files;
}

} // namespace zonerank::engine
