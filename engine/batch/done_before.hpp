// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/file_hashes.hpp"
#include "engine/study/study.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace zonerank::engine {

/// SHA-256 of inputs over all runs of a batch, each file read once while its size and time of
/// change stay the same. From one thread.
class InputHashes {
public:
    FileHash of(const std::filesystem::path& file); ///< throws Error when it can't be read

    /// The files of a source, listed once by `list`, with their hashes.
    void of_source(const std::string& source, const std::function<std::vector<std::filesystem::path>()>& list);

    /// What is known of files that still are what they were.
    KnownFiles known() const;

private:
    struct Known {
        std::filesystem::file_time_type changed;
        FileHash hash;
    };
    std::map<std::filesystem::path, Known> m_known;
    std::map<std::string, std::vector<std::filesystem::path>> m_parts;
};

/// Whether a folder holds the results of this study as they would be computed again: by this
/// version, of the same expanded study, from all of its files with the same content, and all
/// outputs are there with their size. What can't be read is not.
bool done_before(const std::filesystem::path& folder, const Study& study, InputHashes& hashes);

/// Clears away what a run of these results that was killed when they were in place has left beside them, as a
/// next run would: its folder with the earlier results, and its plan. What another is at work on stays.
void clear_strays(const std::filesystem::path& folder);

} // namespace zonerank::engine
