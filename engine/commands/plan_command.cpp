// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/begun_plan.hpp"
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/commands/telling.hpp"
#include "engine/needs/disk.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/figures.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/plan/part_sizes.hpp"
#include "engine/plan/planning.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Options : StudyOptions {
    fs::path output;
    AskedCut cut; ///< or that of a plan that is gone on with
    bool regions = true;
};

struct Sum {
    std::size_t units = 0, done = 0;
    double cells = 0, seconds = 0;
};

Sum sum_of(const Plan& plan, const std::vector<bool>& done, Stage stage) {
    Sum sum;
    for (std::size_t i = 0; i < plan.units.size(); ++i)
        if (const PlannedUnit& unit = plan.units[i]; unit.stage == stage) {
            ++sum.units;
            sum.done += done[i] ? 1 : 0;
            sum.cells += unit.cells;
            sum.seconds += unit.cost;
        }
    return sum;
}

/// What the units will take where they work, in bytes.
struct Needs {
    unsigned threads;      ///< of one
    double memory;         ///< of one with so many
    double parts, results; ///< on the disk of the plan: of units that are not done yet; of what is put together
    double scratch;        ///< in TMPDIR, where fields are solved
    std::optional<double> free;
};

Needs needs_of(const Prepared& prepared, const Plan& plan, const PlanFolder& folder, const Options& options) {
    const std::vector<PlannedUnit> left = units_left(plan, folder);
    return {.threads = thread_count(options.threads),
            .memory = memory_needed(prepared, options.threads, options.tile),
            .parts = parts_needed(prepared, left, plan.sites_only),
            .results = disk_needed(prepared, plan.sites_only),
            .scratch = scratch_of(prepared, left),
            .free = free_disk(folder.path())};
}

std::string disk_text(const Needs& needs) {
    std::string text = fmt::format("about {} for units to come and {} for the results", bytes_text(needs.parts),
                                   bytes_text(needs.results));
    if (needs.free)
        text += fmt::format("; {} are free there{}", bytes_text(*needs.free),
                            *needs.free < needs.parts + needs.results ? ", which is too little" : "");
    if (needs.scratch > 0)
        text += fmt::format("\n  in TMPDIR of who solves travel times: about {}", bytes_text(needs.scratch));
    return text;
}

std::string threads_text(unsigned threads) {
    return fmt::format("{} thread{} (--threads)", threads, threads == 1 ? "" : "s");
}

std::string plan_text(const Plan& plan, const PlanFolder& folder, const Needs& needs) {
    std::vector<std::vector<std::string>> rows{{"stage", "units", "done", "cells", "core time, about"}};
    const std::vector<bool> done = folder.done(plan);
    for (const Stage stage : all_stages)
        if (const Sum sum = sum_of(plan, done, stage); sum.units > 0)
            rows.push_back({std::string(name_of(stage)), fmt::format("{}", sum.units), fmt::format("{}", sum.done),
                            with_thousands(static_cast<std::int64_t>(sum.cells)), duration_text(sum.seconds)});
    const int width = style_for(STDOUT_FILENO).width;
    return fmt::format("{}\n{}  memory of a unit: about {} with {}\n  disk: {}\n",
                       shown_on_terminal(folder.plan_file().string()), aligned(rows, "  ", width),
                       bytes_text(needs.memory), threads_text(needs.threads), disk_text(needs));
}

Json plan_object(const Plan& plan, const PlanFolder& folder, const Needs& needs) {
    Json stages = Json::array();
    const std::vector<bool> done = folder.done(plan);
    for (const Stage stage : all_stages)
        if (const Sum sum = sum_of(plan, done, stage); sum.units > 0)
            stages.push_back({{"stage", name_of(stage)},
                              {"units", sum.units},
                              {"done", sum.done},
                              {"cells", sum.cells},
                              {"seconds", sum.seconds}});
    return {{"ok", true},
            {"plan", folder.plan_file().string()},
            {"memory_bytes", needs.memory},
            {"threads", needs.threads},
            {"disk",
             {{"parts_bytes", needs.parts},
              {"results_bytes", needs.results},
              {"scratch_bytes", needs.scratch},
              {"free_bytes", needs.free ? Json(*needs.free) : Json()}}},
            {"stages", stages}};
}

Plan make(const Prepared& prepared, const PlanFolder& folder, const AskedCut& asked) {
    const PlanCut cut = cut_of(folder, asked);
    FileHashes hashes;
    if (const auto planned = asked.fresh ? std::nullopt : folder.plan()) // files that look as they did are known
        trust_planned(prepared, *planned, hashes);
    Plan plan = make_plan(prepared, {folder.path(), cut.block, asked.sites_only, cut.regions}, hashes);
    prepared.files.check_all(this_plan);
    return plan;
}

int plan_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, options.output, stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    const auto given = options.output.empty() ? std::nullopt : std::optional(options.output);
    const PlanFolder folder(PlanFolder::beside(output_folder(prepared->study, given)));
    check_output(folder.results());
    const Plan plan = make(*prepared, folder, options.cut);
    const rasters::FileDescriptor lock = folder.lock(true);
    if (options.cut.fresh)
        folder.forget();
    folder.replace_plan(plan);
    tell_warnings(*prepared, options);
    const Needs needs = needs_of(*prepared, plan, folder, options);
    if (options.json)
        print_json(plan_object(plan, folder, needs));
    else if (!options.quiet)
        fmt::print("{}", plan_text(plan, folder, needs));
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_block_option(command, options->cut.block);
    command.add_option("-o,--output", options->output, "folder of the results instead of the study's");
    command.add_flag("--sites-only", options->cut.sites_only, "no maps; the ranking is the same to the last byte");
    const CLI::Option* regions =
        command.add_flag("--regions,!--no-regions", options->regions,
                         "solve large travel times by regions, in rounds (default); or each in one unit");
    command.add_flag("--fresh", options->cut.fresh, "throw away the units that are done already");
    add_json_option(command, options->json,
                    "the plan's file, memory of a unit with so many threads, disk, units, cells and seconds by stage");
    command.footer(
        R"(Cuts a run into units that can be done by any process that sees the study and the plan's folder, which
lies beside the results: out.plan for out. `zonerank due PLAN` tells which can be done now, `zonerank unit
PLAN ID...` does them, `zonerank finish PLAN` puts the results together; `zonerank submit` has a cluster do
all of it. Units whose parameters and inputs are as they were stay done; a plan that is begun stays cut as it is,
and another cut is refused without --fresh.
Example: zonerank plan examples/mirpur/study.yaml)");
    return [options, regions](const std::atomic<bool>& stop) {
        if (regions->count() > 0)
            options->cut.regions = options->regions;
        return plan_study(*options, stop);
    };
}

} // namespace

Command plan_command() {
    return {"plan", "cut a run into units, for many processes or machines", declare};
}

} // namespace zonerank::engine
