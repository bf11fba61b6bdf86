// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace zonerank::engine {

/// So many bytes that runs side by side take their memory from: who needs more than is left waits for the
/// others. One alone always begins, whatever it needs: whether it fits by itself is told elsewhere (see hold()).
/// From any thread.
class MemoryBudget {
public:
    explicit MemoryBudget(double bytes) : m_bytes(bytes) {}

    /// Given back when it goes out of scope.
    class Lease {
    public:
        Lease(MemoryBudget& of, double bytes) : m_of(of), m_bytes(bytes) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { m_of.give(m_bytes); }

    private:
        MemoryBudget& m_of;
        double m_bytes;
    };

    /// Throws Error "stopped" when `stop` is set while it waits.
    Lease take(double bytes, const std::atomic<bool>& stop);

private:
    void give(double bytes);

    double m_bytes;
    double m_taken = 0;
    int m_runs = 0; ///< that have theirs
    std::mutex m_mutex;
    std::condition_variable m_given;
};

} // namespace zonerank::engine
