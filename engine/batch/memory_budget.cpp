// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/memory_budget.hpp"

#include "rasters/core/error.hpp"

#include <chrono>

namespace zonerank::engine {

MemoryBudget::Lease MemoryBudget::take(double bytes, const std::atomic<bool>& stop) {
    constexpr std::chrono::milliseconds glance{100}; // at whether it is to stop
    std::unique_lock lock(m_mutex);
    while (m_runs > 0 && m_taken + bytes > m_bytes) {
        if (stop)
            throw Error("stopped");
        m_given.wait_for(lock, glance);
    }
    m_taken += bytes;
    ++m_runs;
    return {*this, bytes};
}

void MemoryBudget::give(double bytes) {
    {
        const std::scoped_lock lock(m_mutex);
        m_taken -= bytes;
        --m_runs;
    }
    m_given.notify_all();
}

} // namespace zonerank::engine
