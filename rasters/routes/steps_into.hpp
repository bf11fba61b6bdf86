// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/road_steps.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Road steps by the cells that they lead to. Immutable.
class StepsInto {
public:
    struct Step {
        std::uint64_t key; ///< of the cell
        std::size_t step;  ///< its number
        Cell from;
        float minutes;
        bool forward; ///< as the step is written; otherwise from its end to its beginning
    };

    StepsInto(const Grid& grid, std::span<const RoadStep> steps);

    /// In the order of their numbers.
    std::span<const Step> operator()(Cell to) const;

private:
    std::uint64_t key(Cell c) const {
        return static_cast<std::uint64_t>(c.row) * m_cols + static_cast<std::uint64_t>(c.col);
    }

    std::uint64_t m_cols;
    std::vector<Step> m_steps; ///< by key, then number
};

} // namespace zonerank::rasters
