// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/telling.hpp"

#include "engine/output_folder.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Problem = layers::Problems::Problem;

static bool on_terminal(int descriptor) {
    const char* term = std::getenv("TERM");
    return isatty(descriptor) && (!term || std::string_view(term) != "dumb");
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
    for (const Problem& problem : in_order(problems, study))
        fmt::print(stderr, "{}\n",
                   shown_on_terminal(fmt::format("{}: {}{}", to_string(problem.mark), kind, problem.text)));
}

void tell_warnings(const Prepared& prepared, const StudyOptions& options) {
    tell(prepared.problems.warnings(), options.study, "warning: ");
}

ProgressLine progress_line(const StudyOptions& options) {
    const bool terminal = on_terminal(STDERR_FILENO);
    return ProgressLine(stderr, terminal, options.quiet || (options.json && !terminal));
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

std::string outputs_text(const fs::path& folder, const std::vector<std::string>& outputs,
                         const std::vector<std::string>& carried, double seconds) {
    std::vector<std::vector<std::string>> rows{{"file", "size"}};
    for (const std::string& name : outputs)
        rows.push_back({name, bytes_text(static_cast<double>(fs::file_size(folder / name)))});
    const std::string time = seconds < 10 ? fmt::format("{:.1f} s", seconds) : duration_text(seconds);
    std::string text =
        fmt::format("\n{} ({})\n{}", shown_on_terminal(fs::proximate(folder).string()), time, aligned(rows, "  "));
    for (const std::string& name : carried)
        text += fmt::format("  kept: {}\n", shown_on_terminal(name));
    return text;
}

} // namespace zonerank::engine
