// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/plan/plan_folder.hpp"

#include <optional>

namespace zonerank::engine {

/// How a run is cut into units.
struct PlanCut {
    int block = 0;       ///< cells
    bool regions = true; ///< large fields are solved by them
};

/// What is asked for of a cut; none: nothing, so that a plan that is there stays as it is.
struct AskedCut {
    std::optional<int> block{};
    bool sites_only = false;
    std::optional<bool> regions{};
    bool fresh = false; ///< whatever is there goes
};

/// The cut of the plan that is in a folder, or what is asked for. What units of another cut have found is not thrown
/// away unasked: Error naming the options that they are of. Throws Error as PlanFolder::plan().
PlanCut cut_of(const PlanFolder& folder, const AskedCut& asked);

} // namespace zonerank::engine
