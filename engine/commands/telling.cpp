// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/telling.hpp"

#include "engine/output_folder.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/ink.hpp"
#include "engine/text/utf8.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Problem = layers::Problems::Problem;

Plots plots_here() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const char* locale = std::getenv(name); locale && *locale)
            return says_utf8(locale) ? Plots::unicode : Plots::ascii;
    return Plots::ascii;
}

std::vector<Problem> in_order(std::vector<Problem> problems, const fs::path& study) {
    for (Problem& problem : problems)
        if (!problem.mark.file)
            problem.mark.file = std::make_shared<const std::string>(study.string());
    std::ranges::stable_sort(problems, [](const Problem& a, const Problem& b) {
        return std::tie(*a.mark.file, a.mark.line, a.mark.column) < std::tie(*b.mark.file, b.mark.line, b.mark.column);
    });
    return problems;
}

void tell(const std::vector<Problem>& problems, const fs::path& study, std::string_view kind) {
    const Ink ink = ink_for(STDERR_FILENO);
    for (const Problem& problem : in_order(problems, study)) {
        const std::string text = shown_on_terminal(problem.text);
        fmt::print(stderr, "{}: {}{}\n", ink.bold(shown_on_terminal(to_string(problem.mark))), ink.yellow(kind),
                   kind.empty() ? ink.red(text) : text);
    }
}

void tell_warnings(const Prepared& prepared, const StudyOptions& options) {
    tell(prepared.problems.warnings(), options.study, "warning: ");
}

ProgressLine progress_line(const StudyOptions& options) {
    const bool terminal = is_terminal(STDERR_FILENO);
    return ProgressLine(stderr, {.terminal = terminal,
                                 .quiet = options.quiet || (options.json && !terminal),
                                 .unicode = plots_here() == Plots::unicode,
                                 .width = style_for(STDERR_FILENO).width});
}

std::unique_ptr<Prepared> prepare_and_tell(const StudyOptions& options, const fs::path& output,
                                           const std::atomic<bool>& stop, const std::optional<Asked>& asked) {
    ProgressLine progress = progress_line(options);
    auto prepared = prepare(options.study, options.access(), options.threads, std::ref(progress), stop, asked);
    if (output.empty())
        prepared->problems.guard(prepared->study.output_mark, "output",
                                 [&] { output_folder(prepared->study, std::nullopt); });
    tell(prepared->problems.errors(), options.study, "");
    return prepared;
}

} // namespace zonerank::engine
