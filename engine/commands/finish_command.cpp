// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/commands/run_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/run.hpp"

#include <CLI/CLI.hpp>

namespace zonerank::engine {

namespace {

struct Options : PlanOptions {
    bool keep = false;
};

int finish_run(Options& options, const std::atomic<bool>& stop) {
    const Plan plan = plan_of(options);
    const std::filesystem::path results = options.folder().results();
    const auto prepared = prepare_and_tell(options, results, stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    ProgressLine progress = progress_line(options);
    const RunResult result = run(*prepared,
                                 {.threads = options.threads,
                                  .tile = options.tile,
                                  .output = results,
                                  .memory = options.memory,
                                  .sites_only = plan.sites_only,
                                  .block = plan.block,
                                  .finish = true,
                                  .keep_plan = options.keep,
                                  .progress = std::ref(progress)},
                                 stop);
    tell_warnings(*prepared, options);
    tell_result(*prepared, options, result);
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
