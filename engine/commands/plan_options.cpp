// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/plan_options.hpp"

#include "engine/plan/planning.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonerank::engine {

void add_plan_argument(CLI::App& command, PlanOptions& options) {
    command.add_option("PLAN", options.plan, "a plan's folder, or its plan.json")->required();
}

Plan plan_of(PlanOptions& options) {
    const PlanFolder folder = options.folder();
    if (!folder.exists())
        throw Error("{}: there is no plan.json in it; make it with `zonerank plan STUDY`", folder.path().string());
    Plan plan = read_plan(folder.plan_file());
    options.study = (folder.path() / plan.study).lexically_normal();
    return plan;
}

static std::string whole_tiles(const std::string& text) {
    constexpr int step = 512, most = 65536;
    int cells = 0;
    if (!CLI::detail::lexical_cast(text, cells) || cells < step || cells > most || cells % step != 0)
        return fmt::format("'{}' is no multiple of {} from {} to {}", text, step, step, most);
    return "";
}

void add_block_option(CLI::App& command, std::optional<int>& block) {
    command.add_option("--block", block, "side in cells of the blocks that a large map is cut in; a multiple of 512")
        ->check(CLI::Validator(whole_tiles, "CELLS"))
        ->default_str(fmt::format("{}", usual_block));
}

} // namespace zonerank::engine
