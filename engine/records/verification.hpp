// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/records/past_run.hpp"
#include "rasters/access.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

enum class FileState {
    as_was,     ///< the same bytes, by SHA-256
    changed,    ///< other bytes, or a link or folder in its place
    missing,    ///< not where it was
    added,      ///< in the run's folder, and not in its manifest
    unreadable, ///< there, but we may not read it
    unlooked,   ///< an input, and nobody knows where the study lies; or it is no file, or the network not allowed
};

std::string_view state_text(FileState state); ///< "as it was", "changed" ...

struct CheckedFile {
    std::string layer; ///< of an input; empty: an output
    std::string path;  ///< as the manifest has it
    std::uint64_t bytes = 0, bytes_then = 0;
    FileState state = FileState::as_was;
    bool is_table = false;  ///< of a database; it has no size
    bool is_remote = false; ///< on a server, and the same as long as that tells the same of it

    bool is_input() const { return !layer.empty(); }
};

/// What has become of a run's files.
struct Verification {
    std::vector<CheckedFile> files;                    ///< outputs, what is new beside them, inputs by layer
    std::optional<std::filesystem::path> study_folder; ///< where inputs were looked for

    bool as_was() const; ///< every output and every input that was looked for; new files do no harm
    std::size_t count(FileState state, bool inputs) const;
};

/// Where a run's study lies, as far as its manifest tells: none for a folder that is not there.
std::optional<std::filesystem::path> study_folder_of(const PastRun& run);

/// Reads every output and every input again; several files at once. `study_folder` is where inputs are
/// looked for. Nothing is opened but regular files, and tables when `access` allows the network, by which servers are
/// asked, too; outputs not through links. Throws Error for a run's folder that can't be listed, and "stopped" when
/// `stopped` says so.
Verification verify(
    const PastRun& run, const std::optional<std::filesystem::path>& study_folder,
    const std::function<bool()>& stopped = [] { return false; }, const rasters::Access& access = {});

std::string verification_text(const Verification& verification, int width); ///< a table, then one sentence
std::string verification_sentence(const Verification& verification);

} // namespace zonerank::engine
