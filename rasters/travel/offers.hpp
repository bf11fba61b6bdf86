// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/bucket_queue.hpp"
#include "rasters/travel/spreading.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

// What a phase takes of the times that a cell offers to those around it: the `visit` of Spreading::from().

namespace zonerank::rasters::rounds {

/// Notes what is earlier than what is there, without branches that no processor could
/// foresee; take() takes it.
struct Earlier {
    float* minutes;
    float limit, now, settled; ///< now: of the cell that is asked; settled: the latest that was
    BucketQueue& queue;
    std::size_t count = 0;
    std::array<Arrival, 17> noted{}; ///< 16 steps at most, and room for one that isn't taken

    ZONERANK_INLINE bool wants(std::uint32_t j) const { return minutes[j] > now; }
    ZONERANK_INLINE bool beats(std::uint32_t j, double least) const { return minutes[j] > least; }
    ZONERANK_INLINE void offer(std::uint32_t j, float t, std::uint32_t) {
        noted[count] = {j, t};
        count += static_cast<std::size_t>((t < minutes[j]) & (t <= limit));
    }
    ZONERANK_INLINE void take() {
        for (std::size_t k = 0; k < count; ++k) {
            minutes[noted[k].cell] = noted[k].minutes;
            queue.push(noted[k]);
        }
        count = 0;
    }
};

/// Takes a smaller target where the time that is there comes from.
struct SmallerTarget {
    const float* minutes;
    std::int32_t* targets;
    std::uint32_t asked; ///< cell
    float now;           ///< its minutes
    std::vector<std::uint32_t>& left;
    static constexpr float settled = std::numeric_limits<float>::max();

    ZONERANK_INLINE bool wants(std::uint32_t j) const {
        return targets[j] > targets[asked] && minutes[j] >= now && minutes[j] < unreached;
    }
    ZONERANK_INLINE bool beats(std::uint32_t j, double least) const { return minutes[j] >= least; }
    ZONERANK_INLINE void offer(std::uint32_t j, float t, std::uint32_t from) {
        if (t == minutes[j] && from == asked && t < unreached && targets[j] > targets[asked]) {
            targets[j] = targets[asked];
            left.push_back(j);
        }
    }
};

} // namespace zonerank::rasters::rounds
