// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/tile_queue.hpp"

#include "rasters/core/parallel.hpp"

#include <tbb/task_arena.h>

namespace zonerank::rasters {

void TileQueue::activate(std::size_t tile, float urgency) {
    const std::scoped_lock lock(m_mutex);
    if (!(urgency < m_urgency[tile]))
        return;
    m_urgency[tile] = urgency;
    if (!m_working[tile]) {
        m_due.push({urgency, tile});
        m_changed.notify_one();
    }
}

std::optional<std::size_t> TileQueue::next() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        while (!m_due.empty() && !m_stopped) {
            const auto [urgency, tile] = m_due.top();
            m_due.pop();
            if (m_working[tile] || m_urgency[tile] != urgency)
                continue;
            m_urgency[tile] = idle;
            m_working[tile] = true;
            ++m_at_work;
            return tile;
        }
        if (m_at_work == 0 || m_stopped)
            return std::nullopt;
        m_changed.wait(lock);
    }
}

void TileQueue::finish(std::size_t tile) {
    const std::scoped_lock lock(m_mutex);
    m_working[tile] = false;
    --m_at_work;
    if (m_urgency[tile] < idle)
        m_due.push({m_urgency[tile], tile});
    m_changed.notify_all();
}

void TileQueue::stop() {
    const std::scoped_lock lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

void TileQueue::work_on_all(const std::function<void(std::size_t)>& work) try {
    while (const std::optional<std::size_t> tile = next()) {
        work(*tile);
        finish(*tile);
    }
} catch (...) {
    stop();
    throw;
}

// Each thread waits only for others that are at work, so it does no harm if TBB has
// one thread do what was meant for several, one after the other.
void TileQueue::run(const std::function<void(std::size_t)>& work) {
    in_parallel(static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()),
                [&](std::size_t) { work_on_all(work); });
}

} // namespace zonerank::rasters
