// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/file_hashes.hpp"

#include "engine/text/sha256.hpp"

namespace zonerank::engine {

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

} // namespace zonerank::engine
