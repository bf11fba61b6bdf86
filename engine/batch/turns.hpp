// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/batch/summary.hpp"
#include "rasters/core/file_lock.hpp"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Which district's turn it is, for all who work on a batch: the threads of this process and, where there is
/// a folder of turns, other processes on any machine that shares the disk. Each district is done by one of them,
/// locked by it as long as it is at work; of one that was killed the lock is gone, and another takes the district. What
/// became of it stays in the lock's file for the others, until the folder is removed. From any thread.
class Turns {
public:
    /// Of that many districts; those whose turn it is come in their order.
    explicit Turns(std::size_t districts);

    /// With others, through a folder that is there. What is in it of others' turns has to be of the same districts.
    Turns(const std::vector<BatchRow>& districts, const std::filesystem::path& folder);

    struct Turn {
        std::size_t district;
        std::optional<BatchRow> done{}; ///< what became of it elsewhere; none: it is the caller's to do
        rasters::FileDescriptor lock{};
    };

    /// The next one; none when all have had theirs, here or elsewhere, or `stop` is set. Waits for
    /// those that others are at, and takes over what they leave. Throws Error when the folder can't be written.
    std::optional<Turn> next(const std::atomic<bool>& stop);

    /// Leaves for the others what became of a district that was the caller's.
    void leave(const Turn& turn, const BatchRow& row) const;

    /// What others have left so far of a district that is not yet known here.
    std::optional<BatchRow> seen(std::size_t district) const;

private:
    std::optional<Turn> take(std::size_t district) const;
    std::optional<Turn> take_any();
    std::filesystem::path file_of(std::size_t district) const;

    std::mutex m_mutex;
    std::vector<std::size_t> m_left; ///< in their order
    std::vector<std::string> m_names;
    std::filesystem::path m_folder; ///< empty: there is nobody else
};

} // namespace zonerank::engine
