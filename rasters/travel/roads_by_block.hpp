// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/road_steps.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Road steps by the block of a tiling that they lead from, for who needs those of a
/// part of a grid again and again. The tiling is referred to. Safe from any thread.
class RoadsByBlock {
public:
    RoadsByBlock(const Tiling& tiling, std::span<const RoadStep> roads) : m_first(tiling.size() + 1), m_tiling(tiling) {
        for (const RoadStep& step : roads)
            ++m_first[tiling.of(step.from) + 1];
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        std::vector<std::size_t> next = m_first;
        m_steps.resize(roads.size());
        for (const RoadStep& step : roads)
            m_steps[next[tiling.of(step.from)]++] = step;
    }

    /// Those within a window, whose first cell becomes 0, 0.
    std::vector<RoadStep> within(const Window& w) const {
        std::vector<RoadStep> steps;
        m_tiling.each(w, [&](std::size_t tile) {
            for (std::size_t i = m_first[tile]; i < m_first[tile + 1]; ++i) {
                RoadStep step = m_steps[i];
                if (!w.contains(step.from) || !w.contains(step.to))
                    continue;
                for (Cell* cell : {&step.from, &step.to}) {
                    cell->col -= w.col;
                    cell->row -= w.row;
                }
                steps.push_back(step);
            }
        });
        return steps;
    }

private:
    std::vector<std::size_t> m_first; ///< of each block
    std::vector<RoadStep> m_steps;
    const Tiling& m_tiling;
};

} // namespace zonerank::rasters
