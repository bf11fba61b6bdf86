// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/plan/plan_folder.hpp"

#include <vector>

namespace zonerank::engine {

/// Units of a plan that are not done yet. Throws Error as PlanFolder::done().
std::vector<PlannedUnit> units_left(const Plan& plan, const PlanFolder& folder);

/// Bytes that the parts of units take beside the results until those are put together, about: cells of the maps
/// and of what is solved, packed as they usually are. Other parts are small and not counted; with sites_only
/// there are no maps.
double parts_needed(const Prepared& prepared, const std::vector<PlannedUnit>& units, bool sites_only);

/// Bytes of scratch space, in TMPDIR of whoever solves: see scratch_needed(); 0 where none of these units does.
double scratch_of(const Prepared& prepared, const std::vector<PlannedUnit>& units);

/// Throws Error, in one line, where half of what the parts of units take, and `more` bytes, has no room in the
/// plan's folder, nor what solving them takes in TMPDIR: see check_room().
void check_parts(const Prepared& prepared, const PlanFolder& folder, const std::vector<PlannedUnit>& units,
                 bool sites_only, double more = 0);

} // namespace zonerank::engine
