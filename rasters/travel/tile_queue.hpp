// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace zonerank::rasters {

/// Tiles that have something to do, the most urgent first, worked on by several
/// threads, one tile by one thread at a time. It is empty when no tile is left and none
/// is being worked on.
class TileQueue {
public:
    explicit TileQueue(std::size_t tiles) : m_urgency(tiles, idle), m_working(tiles, false) {}

    /// Has a tile worked on, again if it is being worked on now. The smaller the
    /// urgency the sooner; the smallest that was asked for counts.
    void activate(std::size_t tile, float urgency);

    /// Works on all tiles, and those that work(tile) activates, with as many threads as
    /// TBB has where it is called. The first exception ends it and is rethrown.
    void run(const std::function<void(std::size_t tile)>& work);

private:
    static constexpr float idle = std::numeric_limits<float>::infinity();
    using Due = std::pair<float, std::size_t>;

    std::optional<std::size_t> next(); ///< waits for one
    void finish(std::size_t tile);
    void stop();
    void work_on_all(const std::function<void(std::size_t tile)>& work);

    std::vector<float> m_urgency;
    std::vector<char> m_working;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due; ///< may hold tiles that are done already
    std::size_t m_at_work = 0;
    bool m_stopped = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace zonerank::rasters
