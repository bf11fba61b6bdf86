// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/part_sizes.hpp"

#include "engine/needs/disk.hpp"

#include <algorithm>

namespace zonerank::engine {

static bool is_solved(const PlannedUnit& unit) {
    return unit.stage == Stage::regions || unit.stage == Stage::solve;
}

std::vector<PlannedUnit> units_left(const Plan& plan, const PlanFolder& folder) {
    const std::vector<bool> done = folder.done(plan);
    std::vector<PlannedUnit> left;
    for (std::size_t i = 0; i < done.size(); ++i)
        if (!done[i])
            left.push_back(plan.units[i]);
    return left;
}

double parts_needed(const Prepared& prepared, const std::vector<PlannedUnit>& units, bool sites_only) {
    constexpr double of_a_time = 4;
    double scored = 0, solved = 0;
    for (const PlannedUnit& unit : units)
        if (is_solved(unit))
            solved += unit.cells;
        else if (unit.stage == Stage::score && !sites_only)
            scored += unit.cells;
    return packed_maps(prepared, scored) + solved * of_a_time * usually_packed;
}

double scratch_of(const Prepared& prepared, const std::vector<PlannedUnit>& units) {
    return std::ranges::any_of(units, is_solved) ? scratch_needed(prepared) : 0;
}

void check_parts(const Prepared& prepared, const PlanFolder& folder, const std::vector<PlannedUnit>& units,
                 bool sites_only, double more) {
    check_room(folder.path(), parts_needed(prepared, units, sites_only) + more, scratch_of(prepared, units));
}

} // namespace zonerank::engine
