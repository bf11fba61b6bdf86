// SPDX-License-Identifier: Apache-2.0
#include "engine/unit_work.hpp"

#include "engine/gathered.hpp"
#include "engine/plan/kept_words.hpp"
#include "engine/plan/planning.hpp"
#include "engine/site_sums.hpp"
#include "rasters/core/error.hpp"
#include "rasters/solved/block_file.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace zonerank::engine {

namespace {

/// The same units as they are planned now: of a plan.json, which is another's text, only ids and signatures are
/// believed. Throws Error where one is not what the study asks for any more.
std::vector<PlannedUnit> planned_now(const std::vector<PlannedUnit>& units, const Plan& now) {
    std::unordered_map<std::string_view, const PlannedUnit*> by_id;
    for (const PlannedUnit& unit : now.units)
        by_id.emplace(unit.id, &unit);
    std::vector<PlannedUnit> same;
    for (const PlannedUnit& unit : units) {
        const auto found = by_id.find(unit.id);
        if (found == by_id.end() || found->second->signature != unit.signature)
            throw Error("unit '{}': the study or its inputs have changed since they were planned; plan again", unit.id);
        same.push_back(*found->second);
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

/// What a power cut or a bad disk has changed of a field is found as its blocks are read: it is due again.
[[noreturn]] void drop_field(const rasters::Damaged& damaged, const KeptUnits& kept) {
    for (const PlannedUnit& unit : kept.plan.units)
        if (unit.stage == Stage::solve && kept.folder.is_done(unit) && kept.folder.part(unit) == damaged.path()) {
            kept.folder.drop(unit);
            throw Error("{}: damaged; unit '{}' is due again", damaged.path().string(), unit.id);
        }
    throw damaged;
}

/// Units of one stage, and before them what is kept of the stages before.
void do_stage(Stage stage, const std::vector<PlannedUnit>& units, Prepared& prepared, const KeptUnits& kept,
              const UnitOptions& options, const std::atomic<bool>& stop) {
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
    try {
        prepared.graph.run(options.threads, options.progress, stop);
    } catch (const rasters::Damaged& damaged) {
        drop_field(damaged, kept);
    }
}

} // namespace

void do_units(Prepared& prepared, const PlanFolder& folder, const Plan& plan, const std::vector<std::string>& ids,
              const UnitOptions& options, const std::atomic<bool>& stop) {
    std::vector<PlannedUnit> units;
    for (const std::string& id : ids)
        units.push_back(unit_called(plan, id));
    std::erase_if(units, [&](const PlannedUnit& unit) {
        const bool is_done = folder.is_done(unit);
        if (is_done && options.told)
            options.told(unit, true);
        return is_done;
    });
    if (units.empty())
        return;
    FileHashes hashes;
    trust_planned(prepared, plan, hashes);
    const Plan now = make_plan(prepared, {folder.path(), plan.block, plan.sites_only, plan.regions}, hashes);
    prepared.files.check_all(this_plan);
    units = planned_now(units, now);
    const KeptWords words(folder.path(), ids.size() - units.size(), ids.size());
    const KeptUnits kept{.plan = now,
                         .folder = folder,
                         .only = true,
                         .check = [&] { check_unchanged(prepared, now.inputs); },
                         .after = [&] { words.one_more(); },
                         .is_of_many = true};
    for (const Stage stage : all_stages) {
        std::vector<PlannedUnit> of_stage;
        std::ranges::copy_if(units, std::back_inserter(of_stage),
                             [&](const PlannedUnit& unit) { return unit.stage == stage; });
        if (!of_stage.empty())
            do_stage(stage, of_stage, prepared, kept, options, stop);
    }
    KeptWords::end();
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
