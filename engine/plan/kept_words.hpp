// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>

namespace zonerank::engine {

/// Has a process that is stopped from now on tell how many units of a plan are kept. Copies count together. Safe from
/// several threads.
class KeptWords {
public:
    /// So many of all are kept there already.
    KeptWords(std::filesystem::path folder, std::size_t kept, std::size_t all);

    void one_more() const;
    static void end(); ///< nothing more is told: what was kept has become a result

private:
    void tell(std::size_t kept) const;

    std::filesystem::path m_folder;
    std::size_t m_all;
    std::shared_ptr<std::atomic<std::size_t>> m_kept;
};

} // namespace zonerank::engine
