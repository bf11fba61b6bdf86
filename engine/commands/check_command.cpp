// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/check_json.hpp"
#include "engine/commands/study_words.hpp"
#include "engine/commands/telling.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/outputs/study_in_words.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

void print(const Prepared& prepared, const StudyOptions& options) {
    const int width = style_for(STDOUT_FILENO).width;
    fmt::print("{}\n{}", study_words(prepared, {.width = width, .plots = plots_here(), .ink = ink_for(STDOUT_FILENO)}),
               study_in_words(prepared, options.threads, options.tile, width));
}

int check_study(const StudyOptions& options, const std::atomic<bool>& stop) {
    const auto prepared = prepare_and_tell(options, {}, stop);
    if (prepared->problems.ok())
        check_output(output_folder(prepared->study, std::nullopt));
    tell_warnings(*prepared, options);
    if (!prepared->problems.ok()) {
        fmt::print(stderr, "{}: {} to mend\n", options.study.string(), prepared->problems.errors().size());
        return refused(*prepared, options);
    }
    if (options.json)
        print_json(check_json(*prepared, options));
    else if (!options.quiet)
        print(*prepared, options);
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<StudyOptions>();
    add_study_options(command, *options);
    add_tile_option(command, *options);
    add_json_option(
        command, options->json,
        "area, CRS, grid, memory, layers, themes, criteria as expanded, constraints, sites, errors and warnings");
    return [options](const std::atomic<bool>& stop) { return check_study(*options, stop); };
}

} // namespace

Command check_command() {
    return {"check", "everything but the computing: what would be read, the grid, memory, every problem", declare};
}

} // namespace zonerank::engine
