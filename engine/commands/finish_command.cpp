// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/commands/postgis_options.hpp"
#include "engine/commands/run_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/run.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonerank::engine {

namespace {

struct Options : PlanOptions {
    bool keep = false;
    PostgisOptions postgis;
};

RunResult result_of(Prepared& prepared, const Options& options, const Plan& plan,
                    const std::optional<PostgisTarget>& target, const std::atomic<bool>& stop) {
    ProgressLine progress = progress_line(options);
    RunOptions wanted{.threads = options.threads,
                      .tile = options.tile,
                      .output = options.folder().results(),
                      .memory = options.memory,
                      .sites_only = plan.sites_only,
                      .block = plan.block,
                      .finish = true,
                      .keep_plan = options.keep,
                      .progress = std::ref(progress)};
    return run(prepared, kept_for(target, std::move(wanted)), stop);
}

int finish_run(Options& options, const std::atomic<bool>& stop) {
    const Plan plan = plan_of(options);
    const auto prepared = prepare_and_tell(options, options.folder().results(), stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    const std::optional<PostgisTarget> target = postgis_target(options.postgis, *prepared);
    const RunResult result = result_of(*prepared, options, plan, target, stop);
    tell_warnings(*prepared, options);
    const std::string table = write_sites(result, *prepared, target, options.keep);
    tell_result(*prepared, options, result, table);
    if (target && !options.json && !options.quiet)
        fmt::print("{}", table_line(table, *target, result.ranking.rows.size()));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_plan_argument(command, *options);
    add_reading_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    command.add_flag("--keep", options->keep, "leave the plan's folder where it is");
    add_postgis_options(command, options->postgis);
    add_json_option(command, options->json, run_json_help);
    command.footer("Puts the results of a run together once all units of its plan are done, byte for byte those of\n"
                   "`zonerank run`, and removes the plan's folder.\nExample: zonerank finish out.plan");
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return finish_run(*options, stop); });
    };
}

} // namespace

Command finish_command() {
    return {"finish", "put the results of a plan together", declare};
}

} // namespace zonerank::engine
