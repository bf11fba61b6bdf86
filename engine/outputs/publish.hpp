// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Throws Error, naming the folder, when results could not replace what is there: a
/// file, a mount point, a folder with another's files, or one that can't be written.
void check_output(const std::filesystem::path& target);

/// A folder beside the target, `.<name>.part-XXXXXX`, in which a run writes its
/// results, and which takes the target's place in one step when they are whole.
/// Until then the target does not change; a reader sees the old results or the
/// new ones. One run at a time per target, on all machines that share the disk.
class Staging {
public:
    /// The target may be absent, empty or a run of ours. Makes its parents, mends
    /// and clears away what runs that were killed have left. Throws Error naming
    /// the folder: something else is in it, it is a file or a mount point, it
    /// can't be written or has no locks, another run is writing it.
    explicit Staging(const std::filesystem::path& target);
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    ~Staging(); ///< without commit(): removes the folder and the parents it made

    const std::filesystem::path& folder() const { return m_folder; } ///< to write into
    const std::filesystem::path& target() const { return m_target; } ///< absolute, without symbolic links

    /// Has everything written to the disk, carries over the user's own files (see
    /// carry_over()) and takes the target's place. Returns the names of those
    /// files. Throws Error, and the target is as it was.
    std::vector<std::string> commit();

private:
    void make_parents();
    void clear_leftovers() const;
    void make_folder();
    void lock_staging();
    void put_in_place();
    void take_back() const;

    std::filesystem::path m_target, m_folder;
    std::vector<std::filesystem::path> m_parents; ///< that were made, outermost first
    rasters::FileDescriptor m_lock;
    std::optional<rasters::Undo> m_undo; ///< of folder and parents; none once they are in place
    bool m_committed = false;
};

/// Two folders swap their names in one step. False where the file system can't.
bool exchange(const std::filesystem::path& a, const std::filesystem::path& b);

/// The same in two steps, for where it can't: target to `aside`, then `fresh` to
/// target. A crash between leaves `aside`, which the next Staging puts back.
void replace(const std::filesystem::path& target, const std::filesystem::path& fresh,
             const std::filesystem::path& aside);

} // namespace zonerank::engine
