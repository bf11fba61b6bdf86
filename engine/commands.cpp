// SPDX-License-Identifier: Apache-2.0
#include "engine/commands.hpp"

#include "engine/measure.hpp"
#include "engine/outputs/check.hpp"
#include "engine/outputs/explain.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/progress.hpp"
#include "engine/reference.hpp"
#include "engine/run.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/version.hpp"
#include "engine/trace_file.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/trace.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <tuple>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

constexpr int ok = 0, users_error = 1, usage_error = 2, interrupted = 130;

struct Options {
    fs::path study, output, trace;
    std::string criterion;
    std::optional<std::string> expected;
    unsigned threads = 0;
    int tile = 512;
    bool quiet = false, sites_only = false, allow_network = false, overwrite = false, no_sync = false;
    std::vector<std::string> allow_drivers;
    std::string table;
    bool markdown = false, json_schema = false, json = false, details = false;

    rasters::Access access() const { return {allow_network, allow_drivers}; }
};

bool on_terminal(int descriptor) {
    const char* term = std::getenv("TERM");
    return isatty(descriptor) && (!term || std::string_view(term) != "dumb");
}

/// "study.yaml:14:7: criterion 'power': ...", in the order of the file.
/// What has no place in it stands for the whole `study`.
void tell(std::vector<layers::Problems::Problem> problems, const fs::path& study, std::string_view kind) {
    for (auto& problem : problems)
        if (!problem.mark.file)
            problem.mark.file = std::make_shared<const std::string>(study.string());
    std::ranges::stable_sort(problems, [](const auto& a, const auto& b) {
        return std::tie(*a.mark.file, a.mark.line, a.mark.column) < std::tie(*b.mark.file, b.mark.line, b.mark.column);
    });
    for (const auto& problem : problems)
        fmt::print(stderr, "{}\n",
                   shown_on_terminal(fmt::format("{}: {}{}", to_string(problem.mark), kind, problem.text)));
}

std::unique_ptr<Prepared> prepare_and_tell(const Options& options, const std::atomic<bool>& stop,
                                           const std::optional<Asked>& asked = {}) {
    ProgressLine progress(stderr, on_terminal(STDERR_FILENO), options.quiet);
    auto prepared = prepare(options.study, options.access(), options.threads, std::ref(progress), stop, asked);
    if (options.output.empty())
        prepared->problems.guard(prepared->study.output_mark, "output",
                                 [&] { output_folder(prepared->study, std::nullopt); });
    tell(prepared->problems.errors(), options.study, "");
    return prepared;
}

int compare(const Ranking& ranking, const ExpectedRanking& expected, const std::string& file) {
    const std::vector<std::string> found = differences(ranking, expected);
    for (const std::string& difference : found)
        fmt::print(stderr, "{}\n", shown_on_terminal(difference));
    if (found.empty())
        fmt::print(stderr, "the ranking agrees with {}\n", file);
    return found.empty() ? ok : users_error;
}

void print_outputs(const RunResult& result) {
    std::vector<std::vector<std::string>> rows{{"file", "size"}};
    for (const std::string& name : result.outputs)
        rows.push_back({name, bytes_text(static_cast<double>(fs::file_size(result.folder / name)))});
    const std::string time =
        result.seconds < 10 ? fmt::format("{:.1f} s", result.seconds) : duration_text(result.seconds);
    fmt::print("\n{} ({})\n{}", shown_on_terminal(fs::proximate(result.folder).string()), time, aligned(rows, "  "));
    for (const std::string& name : result.carried)
        fmt::print("  kept: {}\n", shown_on_terminal(name));
}

int run_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, stop);
    if (!prepared->problems.ok())
        return users_error;
    RunOptions wanted{.threads = options.threads, .tile = options.tile, .sites_only = options.sites_only};
    if (!options.output.empty())
        wanted.output = options.output;
    std::optional<ExpectedRanking> expected; // before the run: it may be a file that the run replaces
    if (options.expected)
        expected = read_expected(*options.expected);
    RunResult result;
    {
        ProgressLine progress(stderr, on_terminal(STDERR_FILENO), options.quiet);
        wanted.progress = std::ref(progress);
        result = run(*prepared, wanted, stop);
    }
    tell(prepared->problems.warnings(), options.study, "warning: ");
    if (!options.quiet) {
        if (prepared->study.sites)
            fmt::print("{}", ranking_table(result.ranking, style_for(STDOUT_FILENO)));
        print_outputs(result);
    }
    return expected ? compare(result.ranking, *expected, *options.expected) : ok;
}

int measure_criterion(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, stop, Asked{options.criterion, is_site_table(options.output)});
    if (!prepared->problems.ok())
        return users_error;
    ProgressLine progress(stderr, on_terminal(STDERR_FILENO), options.quiet);
    measure(*prepared,
            {.criterion = options.criterion,
             .output = options.output,
             .threads = options.threads,
             .tile = options.tile,
             .overwrite = options.overwrite,
             .progress = std::ref(progress)},
            stop);
    tell(prepared->problems.warnings(), options.study, "warning: ");
    return ok;
}

int check_study(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, stop);
    if (prepared->problems.ok())
        check_output(
            output_folder(prepared->study, options.output.empty() ? std::nullopt : std::optional(options.output)));
    tell(prepared->problems.warnings(), options.study, "warning: ");
    if (!prepared->problems.ok()) {
        fmt::print(stderr, "{}: {} to mend\n", options.study.string(), prepared->problems.errors().size());
        return users_error;
    }
    if (!options.quiet)
        fmt::print("{}", explain(*prepared, options.threads, options.tile, style_for(STDOUT_FILENO).width));
    return ok;
}

int list(const Options& options) {
    if (options.json_schema) {
        fmt::print("{}", study_schema());
        return ok;
    }
    std::vector<ReferenceTable> tables = reference();
    if (!options.table.empty())
        std::erase_if(tables, [&](const ReferenceTable& table) { return table.name != options.table; });
    const std::string text = options.markdown ? reference_markdown(tables)
                             : options.json   ? reference_json(tables)
                                              : reference_text(tables, options.details || !options.table.empty(),
                                                               style_for(STDOUT_FILENO).width);
    fmt::print("{}", text);
    return ok;
}

void add_reading_options(CLI::App& command, Options& options) {
    command.add_option("STUDY", options.study, "the study file (YAML)")->required();
    command.add_option("-t,--threads", options.threads, "how many; default: one per core")->check(CLI::Range(1, 1024));
    command.add_option("--tile", options.tile, "side of a tile in cells; results do not depend on it")
        ->check(CLI::Range(16, 8192))
        ->capture_default_str();
    command.add_flag("-q,--quiet", options.quiet, "print errors and warnings only");
    command.add_flag("--allow-network", options.allow_network, "let the study open URLs, /vsi paths and databases");
    command.add_option("--allow-driver", options.allow_drivers, "let GDAL use this driver, too (repeatable)");
}

void add_measuring_options(CLI::App& command, Options& options) {
    command.add_flag("--no-sync", options.no_sync,
                     "leave it to the system when results reach the disk; a power cut may then lose them");
    command.add_option("--trace", options.trace,
                       "write what ran when in each thread, for about:tracing or ui.perfetto.dev");
}

CLI::App* add_run(CLI::App& app, Options& options) {
    CLI::App* command =
        app.add_subcommand("run", "score every cell and every site of a study, and write its folder of results");
    add_reading_options(*command, options);
    add_measuring_options(*command, options);
    command->add_option("-o,--output", options.output, "folder to write instead of the study's");
    command->add_flag("--sites-only", options.sites_only, "no maps; the ranking is the same to the last byte");
    command->add_option("--check", options.expected, "compare the ranking with this CSV (tolerance 1e-6)");
    return command;
}

CLI::App* add_measure(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand(
        "measure", "what one criterion measures: a map (.tif), or its zonal statistics over the sites (.csv)");
    add_reading_options(*command, options);
    add_measuring_options(*command, options);
    command->add_option("CRITERION", options.criterion, "its name in the study")->required();
    command
        ->add_option("-o,--output", options.output,
                     "file to write: .tif, or .csv with cells, mean, min, p10, median, p90, max")
        ->required();
    command->add_flag("--overwrite", options.overwrite, "replace the file when it is there");
    return command;
}

CLI::App* add_list(CLI::App& app, Options& options) {
    CLI::App* command = app.add_subcommand("list", "what a study can name, from the program's own tables");
    command
        ->add_option("TABLE", options.table,
                     "measures, values, weights, aggregations, constraints, compressions or criteria; default: all")
        ->check(CLI::IsMember(
            {"measures", "values", "weights", "aggregations", "constraints", "compressions", "criteria"}));
    command->add_flag("--details", options.details, "each parameter, too (always when one table is named)");
    auto* markdown = command->add_flag("--markdown", options.markdown, "as the reference page");
    auto* json = command->add_flag("--json", options.json, "for scripts");
    auto* schema = command->add_flag("--json-schema", options.json_schema, "the JSON Schema of a study, for editors");
    markdown->excludes(json)->excludes(schema);
    json->excludes(schema);
    return command;
}

int no_command(const CLI::App& app, const std::string& instead) {
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        commands.push_back(command->get_name());
    const bool none = instead.empty() || instead.front() == '-';
    const std::string text = none ? fmt::format("a command is missing: {}", fmt::join(commands, ", "))
                                  : layers::unknown("command", instead, commands);
    fmt::print(stderr, "{}\nRun with --help for more information.\n", shown_on_terminal(text));
    return usage_error;
}

using Command = int (*)(const Options&, const std::atomic<bool>&);

/// What the threads did is written however the run ends, if that was asked for.
int traced(Command command, const Options& options, const std::atomic<bool>& stop) {
    const auto write = [&] { rasters::write_text(options.trace, trace_json(rasters::trace())); };
    if (options.trace.empty())
        return command(options, stop);
    int code = users_error;
    try {
        code = command(options, stop);
    } catch (...) {
        try {
            write();
        } catch (const Error& e) { // the first error is the one to mend
            fmt::print(stderr, "{}\n", shown_on_terminal(e.what()));
        }
        throw;
    }
    write();
    return code;
}

int dispatch(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    Options options;
    CLI::App app{"zonerank ranks candidate zones on a map: one study file in, a ranked GeoTIFF and GeoJSON out.",
                 "zonerank"};
    app.set_version_flag("--version", fmt::format("zonerank {}", version));
    app.require_subcommand(1);
    CLI::App* run_command = add_run(app, options);
    CLI::App* measure_command = add_measure(app, options);
    CLI::App* check_command = app.add_subcommand(
        "check", "everything but the computing: what would be read, the grid, memory, every problem");
    add_reading_options(*check_command, options);
    CLI::App* list_command = add_list(app, options);
    for (CLI::App* command : {run_command, measure_command, check_command, list_command})
        command->set_version_flag("--version", fmt::format("zonerank {}", version));
    app.footer("Example: zonerank run examples/mirpur/study.yaml\nExit code: 0 done, 1 something in the files is "
               "wrong, 2 wrong usage.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_name() == "RequiredError" && app.get_subcommands().empty())
            return no_command(app, argc > 1 ? argv[1] : "");
        return app.exit(e) == 0 ? ok : usage_error;
    }
    rasters::set_sync(!options.no_sync);
    if (!options.trace.empty())
        check_trace(options.trace);
    rasters::keep_trace(!options.trace.empty());
    if (run_command->parsed())
        return traced(run_study, options, stop);
    if (measure_command->parsed())
        return traced(measure_criterion, options, stop);
    return check_command->parsed() ? check_study(options, stop) : list(options);
}

} // namespace

int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    try {
        return dispatch(argc, argv, stop);
    } catch (const layers::ErrorAt& e) {
        fmt::print(stderr, "{}\n", shown_on_terminal(fmt::format("{}: {}", to_string(e.mark), e.what())));
    } catch (const Error& e) {
        fmt::print(stderr, "{}\n", stop ? "stopped; nothing was written" : shown_on_terminal(e.what()));
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "out of memory; try fewer --threads or a smaller --tile\n");
    } catch (const std::exception& e) {
        fmt::print(stderr, "unexpected: {}\n", shown_on_terminal(e.what()));
    }
    return stop ? interrupted : users_error;
}

} // namespace zonerank::engine
