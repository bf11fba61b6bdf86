// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch.hpp"
#include "engine/commands/json_output.hpp"
#include "engine/commands/postgis_options.hpp"
#include "engine/commands/stopping.hpp"
#include "engine/commands/telling.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/ink.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/undo.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <numeric>

namespace zonerank::engine {

namespace {

struct Options : StudyOptions {
    std::vector<std::filesystem::path> studies;
    std::filesystem::path over, output;
    std::string name, layer, where;
    GridChoice grid = GridChoice::automatic;
    std::uint64_t memory = 0; ///< bytes; 0: the machine's
    unsigned jobs = 0;
    bool fail_fast = false, keep_going = false, common_facts = false, join = false;
    PostgisOptions postgis;
};

void check_words(const Options& options) {
    const bool over = !options.over.empty();
    if (!over && !(options.name.empty() && options.layer.empty() && options.where.empty()))
        throw CLI::ValidationError("--name, --layer and --where are of districts", "--over is missing");
    if (over && options.name.empty())
        throw CLI::RequiredError("--name");
    if (over && options.studies.size() > 1)
        throw CLI::ValidationError("--over", "goes with one study");
    if (!over && (options.common_facts || options.grid != GridChoice::automatic))
        throw CLI::ValidationError("--common-facts and --grid", "go with --over");
}

BatchOptions wanted(const Options& options) {
    BatchOptions batch{.studies = options.studies,
                       .folder = options.output,
                       .grid = options.grid,
                       .keep_going = !options.fail_fast,
                       .common_facts = options.common_facts,
                       .access = options.access(),
                       .jobs = options.jobs,
                       .join = options.join,
                       .threads = options.threads,
                       .tile = options.tile,
                       .memory = options.memory,
                       .sites_table = postgis_target(options.postgis)};
    if (!options.over.empty())
        batch.over = OverSpec{options.over, options.layer, options.name, options.where};
    const char* const clear = is_terminal(STDERR_FILENO) ? "\r\x1b[K" : ""; // what shows progress there
    batch.tell = [clear](const std::string& line) { fmt::print(stderr, "{}{}\n", clear, shown_on_terminal(line)); };
    return batch;
}

std::size_t sites_of(const BatchSummary& summary) {
    return std::accumulate(summary.rows.begin(), summary.rows.end(), std::size_t{0},
                           [](std::size_t sites, const BatchRow& row) { return sites + row.sites; });
}

void print(const BatchResult& result, const std::optional<PostgisTarget>& target) {
    fmt::print("{}", batch_table(result.summary, style_for(STDOUT_FILENO).width));
    if (result.summary.sites_nowhere > 0)
        fmt::print("{} sites lie in no district and are not ranked\n", result.summary.sites_nowhere);
    if (!result.summary.no_ranking.empty())
        fmt::print("no combined ranking: {}\n", result.summary.no_ranking);
    fmt::print("{}\n", shown_on_terminal(result.folder.string()));
    if (!result.table.empty())
        fmt::print("{}", table_line(result.table, *target, sites_of(result.summary)));
}

Json result_json(const BatchResult& result) {
    Json json = Json::parse(batch_json(result.summary));
    if (!result.table.empty())
        json["table"] = result.table;
    return json;
}

int run_the_batch(const Options& options, const std::atomic<bool>& stop) {
    ProgressLine progress = progress_line(options);
    BatchOptions batch = wanted(options);
    batch.progress = std::ref(progress);
    const BatchResult result = run_batch(batch, stop);
    if (result.stopped) {
        if (last_word())
            fmt::print(stderr, "{}\n", shown_on_terminal(stopped_line(false, rasters::kept_words())));
        return interrupted;
    }
    if (options.json)
        print_json(result_json(result));
    else if (!options.quiet)
        print(result, batch.sites_table);
    if (!result.no_table.empty())
        fmt::print(stderr, "--to-postgis wrote nothing: {}\n", shown_on_terminal(result.no_table));
    const bool whole = result.summary.count(BatchRow::State::failed) == 0 && result.summary.finished();
    return whole && result.no_table.empty() ? ok : users_error;
}

void add_district_options(CLI::App& command, Options& options) {
    static const std::map<std::string, GridChoice> grids{{"common", GridChoice::common}, {"own", GridChoice::own}};
    command.add_option("--over", options.over, "a file of districts: a run of the study for each of its features");
    command.add_option("--name", options.name, "the field that names them, and their folders");
    command.add_option("--layer", options.layer, "the file's layer, where it has several");
    command.add_option("--where", options.where, "which features, as an OGR condition");
    command
        .add_option("--grid", options.grid,
                    "common: one for all; own: each its own CRS (default: common where one CRS is true to 0.1 %)")
        ->transform(CLI::CheckedTransformer(grids, CLI::ignore_case).description("{common,own}"));
    command.add_flag("--common-facts", options.common_facts,
                     "find stretch, mean-sd and weights that follow from sites once over all districts");
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("STUDY", options->studies, "the study file (YAML); without --over any number of them")
        ->required();
    add_district_options(command, *options);
    command.add_option("-o,--output", options->output,
                       "folder for all of them (default: the study's output with -batch behind, or out-batch)");
    CLI::Option* const fail_fast =
        command.add_flag("--fail-fast", options->fail_fast, "stop at the first that can't be done");
    command.add_flag("--keep-going", options->keep_going, "finish the others (the default)")->excludes(fail_fast);
    command
        .add_option("--jobs", options->jobs,
                    "districts at a time, as far as memory allows (default: as many as threads)")
        ->check(CLI::Range(1u, 1024u));
    command.add_flag("--join", options->join,
                     "share the districts with other processes that run this command with --join, here or on machines "
                     "that see the same folders");
    add_reading_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    add_postgis_options(command, options->postgis);
    add_json_option(command, options->json, "what batch.json holds");
    command.callback([options] { check_words(*options); });
    return [options](const std::atomic<bool>& stop) {
        return traced(*options, [&] { return run_the_batch(*options, stop); });
    };
}

} // namespace

Command batch_command() {
    return {"batch", "run a study for each of many districts, or many studies, and rank their sites together", declare};
}

} // namespace zonerank::engine
