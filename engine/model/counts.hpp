// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/mask.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/core/raster.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace zonerank::engine {

/// Cells of the area by state and reason. Merging has no order.
struct CellCounts {
    CellCounts(std::size_t criteria, std::size_t constraints)
        : excluded(constraints), excluded_alone(constraints), no_data(criteria), unknown_alone(criteria) {}

    void add(const MaskCode& code, const rasters::Raster<Mask>& mask);
    void add(const MaskCode& code, Mask mask, std::int64_t cells); ///< all of one mask
    void add(const CellCounts& other);

    void put(rasters::ArchiveOut& out) const;
    void take(rasters::ArchiveIn& in); ///< adds what others have put; throws Error for a damaged file

    std::array<std::int64_t, 5> by_state{};   ///< by State
    std::vector<std::int64_t> excluded;       ///< by constraint
    std::vector<std::int64_t> excluded_alone; ///< by this constraint and no other
    std::vector<std::int64_t> no_data;        ///< by criterion
    std::vector<std::int64_t> unknown_alone;  ///< unknown because of this criterion and nothing else
};

} // namespace zonerank::engine
