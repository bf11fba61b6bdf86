// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace zonerank::rasters {

/// A cell of a tile that got a time.
struct Arrival {
    std::uint32_t cell;
    float minutes;
};

/// A queue that is only roughly in order: by buckets of a width in minutes, in a ring;
/// what is too late for the ring waits apart. For solvers that correct what came too
/// early, for which it is much quicker than a heap.
class BucketQueue {
public:
    static constexpr float never = std::numeric_limits<float>::infinity();

    /// Begins anew, empty, for arrivals of `first` minutes at the earliest (finite).
    void begin(float first, float width) {
        m_per_minute = 1 / width;
        m_now = bucket(first);
        m_late_from = no_bucket;
    }

    ZONERANK_INLINE void push(Arrival a) {
        const std::size_t b = std::max(bucket(a.minutes), m_now);
        if (b - m_now >= buckets) {
            m_late.push_back(a);
            m_late_from = std::min(m_late_from, b);
        } else {
            m_ring[b % buckets].push_back(a);
            ++m_count;
        }
    }

    /// Calls settle(Arrival), which may push, until nothing is left or what is left is
    /// later than `until`. Returns about when the earliest left is due, or never.
    template <typename Settle>
    float run(float until, Settle&& settle) {
        const std::size_t last = until < never ? bucket(until) : no_bucket;
        for (;;) {
            if (m_count == 0 && m_late.empty())
                return never;
            if (m_count == 0)
                m_now = m_late_from;
            if (m_late_from <= m_now)
                sort_late();
            if (m_now > last)
                return static_cast<float>(m_now) / m_per_minute;
            settle_bucket(settle);
            ++m_now;
        }
    }

    /// What run() left, added to `to`; the queue is empty then.
    void leave(std::vector<Arrival>& to) {
        for (std::vector<Arrival>& bucket : m_ring) {
            to.insert(to.end(), bucket.begin(), bucket.end());
            bucket.clear();
        }
        to.insert(to.end(), m_late.begin(), m_late.end());
        m_late.clear();
        m_count = 0;
    }

private:
    static constexpr std::size_t buckets = 2048, no_bucket = std::numeric_limits<std::size_t>::max();
    static constexpr float most = 1e15F; ///< buckets: beyond, all are one

    std::size_t bucket(float minutes) const {
        return static_cast<std::size_t>(static_cast<std::int64_t>(std::min(minutes * m_per_minute, most)));
    }

    void sort_late() {
        m_taken.swap(m_late);
        m_late_from = no_bucket;
        for (const Arrival& a : m_taken)
            push(a);
        m_taken.clear();
    }

    template <typename Settle>
    void settle_bucket(Settle& settle) {
        std::vector<Arrival>& bucket = m_ring[m_now % buckets];
        while (!bucket.empty()) {
            m_taken.swap(bucket);
            m_count -= m_taken.size();
            for (const Arrival& a : m_taken)
                settle(a);
            m_taken.clear();
        }
    }

    float m_per_minute = 1;
    std::size_t m_now = 0, m_count = 0, m_late_from = no_bucket;
    std::vector<std::vector<Arrival>> m_ring = std::vector<std::vector<Arrival>>(buckets);
    std::vector<Arrival> m_late, m_taken;
};

} // namespace zonerank::rasters
