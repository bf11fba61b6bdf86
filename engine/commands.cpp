// SPDX-License-Identifier: Apache-2.0
#include "engine/commands.hpp"

#include "engine/connect.hpp"
#include "engine/explain.hpp"
#include "engine/measure.hpp"
#include "engine/options.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/check.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/outputs/study_in_words.hpp"
#include "engine/progress.hpp"
#include "engine/reference.hpp"
#include "engine/run.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"
#include "engine/trace_file.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/trace.hpp"

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

/// Of `run` or `connect`.
void print_outputs(const auto& result) {
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
        for (const std::string& table : result.tables)
            fmt::print("\n{}", sentences_wrapped(table, style_for(STDOUT_FILENO).width));
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

int explain_site(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, stop);
    if (!prepared->problems.ok())
        return users_error;
    std::unique_ptr<Explanation> found;
    {
        ProgressLine progress(stderr, on_terminal(STDERR_FILENO), options.quiet);
        found = explain(
            *prepared,
            {.site = options.site, .threads = options.threads, .tile = options.tile, .progress = std::ref(progress)},
            stop);
    }
    tell(prepared->problems.warnings(), options.study, "warning: ");
    fmt::print("{}",
               options.json ? explanation_json(*found) : explanation_text(*found, style_for(STDOUT_FILENO).width));
    return ok;
}

int connect_places(const Options& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, stop, Asked{.links = true});
    if (!prepared->problems.ok())
        return users_error;
    ConnectOptions wanted{.threads = options.threads};
    if (!options.output.empty())
        wanted.output = options.output;
    ConnectResult result;
    {
        ProgressLine progress(stderr, on_terminal(STDERR_FILENO), options.quiet);
        wanted.progress = std::ref(progress);
        result = connect(*prepared, wanted, stop);
    }
    tell(prepared->problems.warnings(), options.study, "warning: ");
    if (!options.quiet) {
        fmt::print("{}", links_table(result.map));
        print_outputs(result);
    }
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
        fmt::print("{}", study_in_words(*prepared, options.threads, options.tile, style_for(STDOUT_FILENO).width));
    return ok;
}

/// In the characters that the terminal's locale has.
Plots plots_here() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const char* locale = std::getenv(name); locale && *locale)
            return says_utf8(locale) ? Plots::unicode : Plots::ascii;
    return Plots::ascii;
}

int list(const Options& options) {
    if (options.json_schema) {
        fmt::print("{}", study_schema());
        return ok;
    }
    std::vector<ReferenceTable> tables = reference();
    if (!options.table.empty())
        std::erase_if(tables, [&](const ReferenceTable& table) { return table.name != options.table; });
    const std::string text =
        options.markdown ? reference_markdown(tables)
        : options.json   ? reference_json(tables)
                         : reference_text(tables, options.details || !options.table.empty(),
                                          style_for(STDOUT_FILENO).width, options.plot ? plots_here() : Plots::none);
    fmt::print("{}", text);
    return ok;
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

int dispatch(const Options& options, const std::atomic<bool>& stop) {
    rasters::set_sync(!options.no_sync);
    if (!options.trace.empty())
        check_trace(options.trace);
    rasters::keep_trace(!options.trace.empty());
    if (options.command == "run")
        return traced(run_study, options, stop);
    if (options.command == "measure")
        return traced(measure_criterion, options, stop);
    if (options.command == "explain")
        return explain_site(options, stop);
    if (options.command == "connect")
        return traced(connect_places, options, stop);
    return options.command == "check" ? check_study(options, stop) : list(options);
}

} // namespace

int command_line(int argc, const char* const* argv, const std::atomic<bool>& stop) {
    try {
        const std::variant<Options, int> read = read_options(argc, argv);
        return std::holds_alternative<int>(read) ? std::get<int>(read) : dispatch(std::get<Options>(read), stop);
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
