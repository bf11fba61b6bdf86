// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/begun_plan.hpp"

#include "engine/plan/planning.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>

namespace zonerank::engine {

/// Regions that have been begun count where they would go: waves cross them more than once.
static bool has_regions(const PlanFolder& folder, const Plan& plan) {
    return std::ranges::any_of(plan.units, [&](const PlannedUnit& unit) {
        return unit.stage == Stage::regions && std::filesystem::exists(folder.regions(unit));
    });
}

PlanCut cut_of(const PlanFolder& folder, const AskedCut& asked) {
    const std::optional<Plan> planned = asked.fresh ? std::nullopt : folder.plan();
    if (!planned)
        return {asked.block.value_or(usual_block), asked.regions.value_or(true)};
    const PlanCut cut{asked.block.value_or(planned->block), asked.regions.value_or(planned->regions)};
    const bool is_same = cut.block == planned->block && asked.sites_only == planned->sites_only;
    const bool drops_regions = planned->regions && !cut.regions && has_regions(folder, *planned);
    const auto done = is_same && !drops_regions ? 0 : std::ranges::count(folder.done(*planned), true);
    if (drops_regions || done > 0)
        throw Error(
            "{}: {} of {} units are kept there of a run with --block {}{} and {} --sites-only; give the same, or "
            "--fresh to begin anew without them",
            folder.path().string(), done, planned->units.size(), planned->block, drops_regions ? " by regions" : "",
            planned->sites_only ? "with" : "without");
    return cut;
}

} // namespace zonerank::engine
