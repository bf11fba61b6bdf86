// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/begun_plan.hpp"
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/commands/postgis_options.hpp"
#include "engine/commands/run_output.hpp"
#include "engine/commands/telling.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/check.hpp"
#include "engine/outputs/site_columns.hpp"
#include "engine/run.hpp"
#include "engine/text/escape.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::uint64_t memory = 0; ///< bytes; 0: the machine's
    std::filesystem::path output;
    std::optional<std::string> expected;
    std::optional<int> block; ///< none: that of a plan that is gone on with
    bool sites_only = false, resume = true;
    PostgisOptions postgis;
};

int compare(const Ranking& ranking, const ExpectedRanking& expected, const std::string& file) {
    const std::vector<std::string> found = differences(ranking, expected);
    for (const std::string& difference : found)
        fmt::print(stderr, "{}\n", shown_on_terminal(difference));
    if (found.empty())
        fmt::print(stderr, "the ranking agrees with {}\n", file);
    return found.empty() ? ok : users_error;
}

int block_of(const Prepared& prepared, const Options& options) {
    const auto given = options.output.empty() ? std::nullopt : std::optional(options.output);
    const PlanFolder folder(PlanFolder::beside(output_folder(prepared.study, given)));
    return cut_of(folder, {.block = options.block, .sites_only = options.sites_only, .fresh = !options.resume}).block;
}

RunResult result_of(Prepared& prepared, const Options& options, const std::optional<PostgisTarget>& target,
                    const std::atomic<bool>& stop) {
    RunOptions wanted{.threads = options.threads,
                      .tile = options.tile,
                      .memory = options.memory,
                      .sites_only = options.sites_only,
                      .block = block_of(prepared, options),
                      .fresh = !options.resume};
    if (!options.output.empty())
        wanted.output = options.output;
    ProgressLine progress = progress_line(options);
    progress.set_cells(options.sites_only ? 0 : prepared.territory.grid.window().size());
    wanted.progress = std::ref(progress);
    return run(prepared, kept_for(target, std::move(wanted)), stop);
}

int run_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, options.output, stop);
    if (!prepared->problems.ok())
        return refused(*prepared, options);
    const std::optional<PostgisTarget> target = postgis_target(options.postgis, *prepared);
    std::optional<ExpectedRanking> expected; // before the run: it may be a file that the run replaces
    if (options.expected)
        expected = read_expected(*options.expected);
    const RunResult result = result_of(*prepared, options, target, stop);
    tell_warnings(*prepared, options);
    const std::string table = write_sites(result, *prepared, target);
    tell_result(*prepared, options, result, table);
    if (target && !options.json && !options.quiet)
        fmt::print("{}", table_line(table, *target, result.ranking.rows.size()));
    return expected ? compare(result.ranking, *expected, *options.expected) : ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    command.add_option("-o,--output", options->output, "folder to write instead of the study's");
    command.add_flag("--sites-only", options->sites_only, "no maps; the ranking is the same to the last byte");
    add_block_option(command, options->block);
    command.add_flag("--resume,!--fresh", options->resume,
                     "go on with what a stopped run of this study has left beside its results (default); or anew");
    command.add_option("--check", options->expected, "compare the ranking with this CSV (tolerance 1e-6)");
    add_postgis_options(command, options->postgis);
    add_json_option(command, options->json, run_json_help);
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return run_study(*options, stop); });
    };
}

} // namespace

Command run_command() {
    return {"run", "score every cell and every site of a study, and write its folder of results", declare};
}

} // namespace zonerank::engine
