// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/file_hashes.hpp"

#include "engine/text/sha256.hpp"
#include "layers/vectors/tables.hpp"
#include "rasters/core/trace.hpp"

#include <algorithm>

namespace zonerank::engine {

TableHash hash_of_table(const std::string& database, const std::string& table, const rasters::Access& access) {
    std::vector<std::string> rows;
    layers::each_row(database, table, access, [&](std::string_view row) { rows.push_back(sha256(row)); });
    std::ranges::sort(rows);
    Sha256 sum;
    for (const std::string& row : rows)
        sum.add(row);
    return {rows.size(), sum.hex()};
}

FileHash FileHashes::of(const std::filesystem::path& file) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_known.find(file); known != m_known.end())
            return known->second;
    }
    const FileHash hash{std::filesystem::file_size(file), sha256_of_file(file)};
    const std::scoped_lock lock(m_mutex);
    return m_known.emplace(file, hash).first->second;
}

TableHash FileHashes::of_table(const std::string& database, const std::string& table, const rasters::Access& access) {
    const std::pair name(database, table);
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_tables.find(name); known != m_tables.end())
            return known->second;
    }
    const TableHash hash = hash_of_table(database, table, access);
    const std::scoped_lock lock(m_mutex);
    return m_tables.emplace(name, hash).first->second;
}

void FileHashes::know(const KnownFiles& files) {
    const std::scoped_lock lock(m_mutex);
    m_known.insert(files.hashes.begin(), files.hashes.end());
    m_parts.insert(files.parts.begin(), files.parts.end());
    m_tables.insert(files.tables.begin(), files.tables.end());
}

std::vector<std::filesystem::path> FileHashes::parts(const std::string& source,
                                                     const std::function<std::vector<std::filesystem::path>()>& list) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_parts.find(source); known != m_parts.end())
            return known->second;
    }
    std::vector<std::filesystem::path> files = list();
    const std::scoped_lock lock(m_mutex);
    return m_parts.emplace(source, std::move(files)).first->second;
}

void FileHashes::write(const std::filesystem::path& file, const std::function<void(const rasters::Watch&)>& write) {
    Sha256 sum;
    FileHash hash;
    write([&](std::span<const std::byte> bytes) {
        const rasters::StageTimer timer(rasters::Stage::hash);
        sum.add({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        hash.bytes += bytes.size();
    });
    hash.sha256 = sum.hex();
    const std::scoped_lock lock(m_mutex);
    m_known.insert_or_assign(file, hash);
}

} // namespace zonerank::engine
