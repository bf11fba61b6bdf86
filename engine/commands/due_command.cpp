// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/unit_work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace {

Json due_json(const Plan& plan, const PlanFolder& folder, const std::vector<PlannedUnit>& due) {
    Json object{{"ok", true}, {"stage", due.empty() ? Json() : Json(name_of(due.front().stage))}};
    object["units"] = Json::array();
    for (const PlannedUnit& unit : due)
        object["units"].push_back({{"id", unit.id}, {"kind", name_of(unit.stage)}, {"cost", unit.cost}});
    object["done"] = std::ranges::count(folder.done(plan), true);
    object["all"] = plan.units.size();
    return object;
}

int tell_due(PlanOptions& options) {
    const Plan plan = plan_of(options);
    const PlanFolder folder = options.folder();
    const std::vector<PlannedUnit> due = due_units(plan, folder);
    if (options.json)
        print_json(due_json(plan, folder, due));
    else
        for (const PlannedUnit& unit : due)
            fmt::print("{}\n", unit.id);
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<PlanOptions>();
    add_plan_argument(command, *options);
    add_json_option(command, options->json, "the stage, its units that are left with their cost, how many are done");
    command.footer("One id a line, of the first stage that has any left; none when all is done but finish.\n"
                   "Example: zonerank due out.plan | xargs -n 1 -P 8 zonerank unit out.plan");
    return [options](const std::atomic<bool>&) { return tell_due(*options); };
}

} // namespace

Command due_command() {
    return {"due", "which units of a plan can be done now", declare};
}

} // namespace zonerank::engine
