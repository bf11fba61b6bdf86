// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/folder_names.hpp"

#include "engine/batch/placeholders.hpp"
#include "engine/batch/summary.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

namespace zonerank::engine {

static constexpr std::size_t longest_name = 200; // bytes; file systems take 255, and a run's folder-to-be adds some

// One whose name begins with a dot is hidden, or one that a run is writing.
std::string folder_of(const std::string& name) {
    std::string folder = as_name(name);
    if (folder.starts_with('.'))
        folder[0] = '_';
    if (folder.size() > longest_name)
        throw Error("the name '{}' is longer than {} bytes, too long for a folder", layers::excerpt(name),
                    longest_name);
    return folder;
}

FolderNames::FolderNames(std::string advice) : m_advice(std::move(advice)) {
    for (const char* own : batch_files)
        m_taken.emplace(own, "the batch's own files");
}

void FolderNames::take(const std::string& folder, const std::string& whose) {
    take_one(folder, whose);
    take_one(PlanFolder::beside(folder).string(), whose);
}

void FolderNames::take_one(const std::string& name, const std::string& whose) {
    const auto [taken, fresh] = m_taken.emplace(lower_case(name), whose);
    if (!fresh)
        throw Error("{} and {} would have one folder, {}; {}", whose, taken->second, name, m_advice);
}

} // namespace zonerank::engine
