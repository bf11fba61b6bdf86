// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/cluster_work.hpp"
#include "engine/cluster/dask_driver.hpp"
#include "engine/cluster/script_folder.hpp"
#include "engine/cluster/scripts.hpp"
#include "engine/commands/json_output.hpp"
#include "engine/commands/postgis_options.hpp"
#include "engine/plan/plan.hpp"
#include "engine/plan/plan_folder.hpp"
#include "engine/text/byte_size.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Options : StudyOptions {
    fs::path plan, output, mount;
    std::string scheduler, scheduler_file, emit, zonerank, python = "/usr/bin/python3", image, claim;
    int retries = 3, bundle = 1, time_limit = 600;
    PostgisOptions postgis;
    std::string memory; // of a unit, as its `threads`

    /// For the commands that open the study's inputs.
    std::vector<std::string> access_words() const {
        std::vector<std::string> words;
        if (allow_network)
            words.emplace_back("--allow-network");
        for (const std::string& driver : allow_drivers)
            words.push_back("--allow-driver=" + driver);
        return words;
    }

    /// For `finish` alone.
    std::vector<std::string> finish_words() const {
        if (postgis.database.empty())
            return {};
        return {"--to-postgis=" + postgis.database, "--to-table=" + postgis.table};
    }
};

struct Emitted {
    std::string name;
    std::vector<Script> (*scripts)(const ClusterWork& work);
    std::string first; ///< the script that the user starts
};

const Emitted emitted[] = {{"slurm", slurm_scripts, "submit.sh"},
                           {"parallel", parallel_scripts, "run.sh"},
                           {"kubernetes-job", kubernetes_scripts, "run.sh"}};

ClusterWork work_of(const Options& options, const PlanFolder& folder) {
    const bool contained = options.emit == "kubernetes-job";
    const std::string program = contained ? "zonerank" : this_program().string();
    const Plan plan = read_plan(folder.plan_file());
    ClusterWork work;
    work.plan = folder.path();
    work.zonerank = options.zonerank.empty() ? program : options.zonerank;
    work.stages = stages_of(plan);
    work.bundle = options.bundle;
    work.retries = options.retries;
    work.time_limit = options.time_limit;
    work.access = options.access_words();
    work.finish = options.finish_words();
    work.image = options.image;
    work.claim = options.claim;
    work.mount = options.mount.empty() ? folder.path().parent_path() : fs::absolute(options.mount).lexically_normal();
    work.threads = options.threads;
    work.memory = options.memory;
    if (contained)
        check_mount(work, (work.plan / plan.study).lexically_normal());
    return work;
}

int emit(const Options& options, const PlanFolder& folder) {
    const Emitted& kind = *std::ranges::find(emitted, options.emit, &Emitted::name);
    const fs::path output = options.output.empty() ? fs::path(folder.path()).replace_extension(kind.name)
                                                   : fs::absolute(options.output).lexically_normal();
    leave_scripts(output, kind.scripts(work_of(options, folder)));
    const std::string first = (output / kind.first).string();
    if (options.json)
        print_json({{"ok", true}, {"folder", output.string()}, {"start", first}});
    else
        fmt::print("{}\n", first);
    return ok;
}

std::vector<std::string> driver_words(const Options& options, const PlanFolder& folder) {
    const std::string program = this_program().string();
    std::vector<std::string> words{fmt::format("--retries={}", options.retries),
                                   fmt::format("--time-limit={}", options.time_limit),
                                   fmt::format("--bundle={}", options.bundle),
                                   fmt::format("--zonerank={}", options.zonerank.empty() ? program : options.zonerank),
                                   fmt::format("--local={}", program)};
    if (!options.scheduler.empty())
        words.push_back("--scheduler=" + options.scheduler);
    if (!options.scheduler_file.empty())
        words.push_back("--scheduler-file=" + options.scheduler_file);
    if (options.threads > 0)
        words.push_back(fmt::format("--threads={}", options.threads));
    if (!options.memory.empty())
        words.push_back("--unit=--memory=" + options.memory);
    for (const std::string& word : options.access_words())
        words.push_back("--access=" + word);
    for (const std::string& word : options.finish_words())
        words.push_back("--finish=" + word);
    for (const auto& [wanted, word] : {std::pair(options.json, "--json"), std::pair(options.quiet, "--quiet")})
        if (wanted)
            words.emplace_back(word);
    words.insert(words.end(), {"--", folder.path().string()});
    return words;
}

/// What `finish` will be told has to hold now, not when all units are done.
void check_postgis(const Options& options, const PlanFolder& folder) {
    const std::optional<PostgisTarget> target = postgis_target(options.postgis);
    if (!target)
        return;
    if (target->database != options.postgis.database)
        throw Error(
            "--to-postgis: {}: a password would stand in scripts and lists of processes; leave it to a password "
            "file (PGPASSFILE) or a service",
            target->database);
    layers::Problems untold;
    const Plan plan = read_plan(folder.plan_file());
    if (!read_study((folder.path() / plan.study).lexically_normal(), untold).sites)
        throw Error("--to-postgis writes ranked sites, and the study has no `sites`");
    if (options.emit.empty()) // scripts may go where the server is
        in_context("--to-postgis", [&] { check_target(table_of({}, {}, ""), Columns::some, *target); });
}

int submit(const Options& options) {
    const fs::path path = fs::absolute(options.plan).lexically_normal();
    const PlanFolder folder(path.has_filename() ? path : path.parent_path());
    if (!folder.exists())
        throw Error("{}: there is no plan; zonerank plan STUDY makes one", options.plan.string());
    check_postgis(options, folder);
    if (!options.emit.empty())
        return emit(options, folder);
    if (options.scheduler.empty() && options.scheduler_file.empty())
        throw Error("say where the units run: --scheduler tcp://HOST:8786, --scheduler-file FILE or --emit");
    become_driver(options.python, dask_driver(this_program()), driver_words(options, folder));
}

void add_dask_options(CLI::App& command, Options& options) {
    CLI::Option* const scheduler =
        command.add_option("--scheduler", options.scheduler, "of Dask: tcp://HOST:8786")->type_name("ADDRESS");
    command.add_option("--scheduler-file", options.scheduler_file, "the file in which the scheduler left its address")
        ->type_name("FILE")
        ->excludes(scheduler);
    command.add_option("--python", options.python, "that has Dask.distributed")->capture_default_str();
}

void add_emit_options(CLI::App& command, Options& options) {
    std::vector<std::string> names;
    std::ranges::transform(emitted, std::back_inserter(names), &Emitted::name);
    CLI::Option* const emit =
        command.add_option("--emit", options.emit, "write scripts for another scheduler instead, and start nothing")
            ->check(CLI::IsMember(names));
    command.add_option("-o,--output", options.output, "their folder; default: beside the plan")
        ->type_name("FOLDER")
        ->needs(emit);
    command.add_option("--image", options.image, "kubernetes-job: the containers' image, with zonerank in it")
        ->needs(emit);
    command.add_option("--claim", options.claim, "kubernetes-job: the volume claim with plan, study and data")
        ->needs(emit);
    command.add_option("--mount", options.mount, "kubernetes-job: where it is mounted; default: the plan's parent")
        ->type_name("FOLDER")
        ->needs(emit);
}

std::string byte_size(const std::string& text) {
    try {
        parse_byte_size(text);
        return "";
    } catch (const Error& e) {
        return e.what();
    }
}

void add_unit_options(CLI::App& command, Options& options) {
    command.add_option("--retries", options.retries, "of a unit that failed, with pauses that double, elsewhere")
        ->check(CLI::Range(0, 20))
        ->capture_default_str();
    command.add_option("--time-limit", options.time_limit, "for a unit: 90s, 10m, 2h")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, int>{{"s", 1}, {"m", 60}, {"h", 3600}},
                                          CLI::AsNumberWithUnit::CASE_INSENSITIVE, "TIME"))
        ->check(CLI::PositiveNumber)
        ->default_str("10m");
    command.add_option("--bundle", options.bundle, "units that share a process; for units of less than a second")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    command
        .add_option("-t,--threads", options.threads,
                    "of a unit; default: what its scheduler gives it, of Dask its share of the worker's cores")
        ->check(CLI::Range(1, 1024));
    command.add_option("--memory", options.memory, "that a unit stays within, such as 2GiB; default: its machine's")
        ->check(byte_size);
    command.add_option("--zonerank", options.zonerank, "the program where units run; default: this file's own path");
}

void check_container(const Options& options) {
    if (options.emit == "kubernetes-job" && (options.image.empty() || options.claim.empty()))
        throw CLI::ValidationError("--emit kubernetes-job", "needs --image and --claim");
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("PLAN", options->plan, "a plan's folder, or its plan.json")->required();
    add_dask_options(command, *options);
    add_emit_options(command, *options);
    add_unit_options(command, *options);
    command.add_flag("-q,--quiet", options->quiet, "print errors and warnings only");
    command.add_flag("--allow-network", options->allow_network, "let the study open URLs, /vsi paths and databases");
    command.add_option("--allow-driver", options->allow_drivers, "let GDAL use this driver, too (repeatable)");
    add_postgis_options(command, options->postgis);
    add_json_option(command, options->json, "how many units were run, or the scripts' folder");
    command.callback([options] { check_container(*options); });
    command.footer(R"(All machines see the plan, the study and its data at the same paths. Stopped or cut off, the same
command continues with what is not done yet. examples/CLUSTER.md goes through all of it.
Example: zonerank submit out.plan --scheduler tcp://head:8786
         zonerank submit out.plan --emit slurm)");
    return [options](const std::atomic<bool>&) { return submit(*options); };
}

} // namespace

Command submit_command() {
    return {"submit", "do a plan's units on a cluster: Dask, or scripts for Slurm, GNU parallel and Kubernetes",
            declare};
}

} // namespace zonerank::engine
