// SPDX-License-Identifier: Apache-2.0
#include "engine/unit_work.hpp"

#include "engine/gathered.hpp"
#include "engine/plan/planning.hpp"
#include "engine/site_sums.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>

namespace zonerank::engine {

namespace {

/// The same units as they are planned now: of a plan.json, which is another's text, only ids and signatures are
/// believed. Throws Error where one is not what the study asks for any more.
std::vector<PlannedUnit> planned_now(const std::vector<PlannedUnit>& units, const Plan& now) {
    std::vector<PlannedUnit> same;
    for (const PlannedUnit& unit : units) {
        const auto found = std::ranges::find(now.units, unit.id, &PlannedUnit::id);
        if (found == now.units.end() || found->signature != unit.signature)
            throw Error("unit '{}': the study or its inputs have changed since they were planned; plan again", unit.id);
        same.push_back(*found);
    }
    return same;
}

void add_unit(const PlannedUnit& unit, Prepared& prepared, const Cutting& cutting, bool sites_only,
              const std::vector<std::size_t>& after) {
    if (unit.stage == Stage::score)
        add_block(prepared.graph, score_units(prepared, cutting, sites_only), unit, *cutting.kept, after);
    else
        add_unit_before_scores(unit, prepared, cutting, after);
}

/// What a power cut or a bad disk has changed of the stages before is not read, but due again.
void drop_damaged_before(Stage stage, const KeptUnits& kept) {
    Plan before = kept.plan;
    std::erase_if(before.units, [&](const PlannedUnit& unit) { return unit.stage >= stage; });
    KeptUnits{std::move(before), kept.folder}.drop_damaged();
}

/// Units of one stage, and before them what is kept of the stages before.
void do_stage(Stage stage, const std::vector<PlannedUnit>& units, Prepared& prepared, const KeptUnits& kept,
              const UnitOptions& options, const std::atomic<bool>& stop) {
    drop_damaged_before(stage, kept);
    const Cutting cutting{.key = study_key(prepared.study), .tile = options.tile, .kept = &kept};
    const std::vector<std::size_t> before = add_before(stage, prepared, cutting);
    for (const PlannedUnit& unit : units) {
        add_unit(unit, prepared, cutting, kept.plan.sites_only, before);
        if (options.told)
            prepared.graph.add(
                {"score", "tell of " + unit.id, "", {prepared.graph.units().size() - 1}, 0, [&options, unit] {
                     options.told(unit, false);
                 }});
    }
    prepared.graph.run(options.threads, options.progress, stop);
}

} // namespace

void do_units(Prepared& prepared, const PlanFolder& folder, const Plan& plan, const std::vector<std::string>& ids,
              const UnitOptions& options, const std::atomic<bool>& stop) {
    std::vector<PlannedUnit> units;
    for (const std::string& id : ids)
        units.push_back(unit_called(plan, id));
    for (const PlannedUnit& unit : units)
        if (folder.is_done(unit) && options.told)
            options.told(unit, true);
    std::erase_if(units, [&](const PlannedUnit& unit) { return folder.is_done(unit); });
    if (units.empty())
        return;
    FileHashes hashes;
    trust_planned(prepared, plan, hashes);
    const Plan now = make_plan(prepared, {folder.path(), plan.block, plan.sites_only, plan.regions}, hashes, &plan);
    units = planned_now(units, now);
    const KeptUnits kept{now, folder, true, [&] { check_unchanged(prepared, now.inputs); }};
    for (const Stage stage : all_stages) {
        std::vector<PlannedUnit> of_stage;
        std::ranges::copy_if(units, std::back_inserter(of_stage),
                             [&](const PlannedUnit& unit) { return unit.stage == stage; });
        if (!of_stage.empty())
            do_stage(stage, of_stage, prepared, kept, options, stop);
    }
}

std::vector<PlannedUnit> due_units(const Plan& plan, const PlanFolder& folder) {
    const std::vector<bool> done = folder.done(plan);
    std::vector<PlannedUnit> due;
    for (std::size_t i = 0; i < done.size(); ++i) // stage by stage
        if (const PlannedUnit& unit = plan.units[i]; !done[i] && (due.empty() || due.front().stage == unit.stage))
            due.push_back(unit);
    return due;
}

} // namespace zonerank::engine
